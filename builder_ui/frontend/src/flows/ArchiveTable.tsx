// The archive: flows that start nowhere any more, and the way back to the list.
import { Button } from '@mantine/core';
import { IconArchiveOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../ui/Empty';
import { Failed } from '../ui/Failed';
import { Loading } from '../ui/Loading';
import { toast } from '../ui/toast';
import { useRestoreFlow, type FlowRow } from './flows-api';
import { whyNot } from './refusals';
import { useArchived } from './shelves-api';

export function ArchiveTable({ edits }: { edits: boolean }) {
  const { t, i18n } = useTranslation('flows');
  const archived = useArchived(true);
  const restore = useRestoreFlow();

  const back = (row: FlowRow) =>
    restore.mutate(row, {
      onSuccess: () => toast({ text: t('archive.restored', { name: row.name }) }),
      onError: (error) => toast({ text: t('archive.notRestored', { name: row.name, why: whyNot(error, t, i18n.language) }), stays: true }),
    });

  if (archived.isPending) return <Loading rows={4} />;
  if (archived.isError) return <Failed error={archived.error} title={t('failed')} onRetry={() => void archived.refetch()} />;
  if (archived.data.length === 0) return <Empty title={t('archive.none')}>{t('archive.what')}</Empty>;
  return (
    <>
      <p className="flows-about">{t('archive.what')}</p>
      <div className="flows-panel flows-archive">
        <table aria-label={t('archive.title')}>
          <thead>
            <tr>
              <th>{t('columns.name')}</th>
              <th>{t('new.kind')}</th>
              <th className="r">{t('columns.steps')}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {archived.data.map((row) => (
              <tr key={row.id}>
                <td>
                  <span className="flows-name ell" title={row.name}>{row.name}</span>
                </td>
                <td>{t(`kinds.${row.kind}.one`)}</td>
                <td className="r">{row.nodes}</td>
                <td className="r">
                  {edits && (
                    <Button leftSection={<IconArchiveOff size={16} />} loading={restore.isPending && restore.variables.id === row.id} onClick={() => back(row)}>
                      {t('archive.restore')}<span className="sr-only"> {row.name}</span>
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
