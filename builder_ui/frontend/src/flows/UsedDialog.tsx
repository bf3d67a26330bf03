// Which other flows use a flow: call it, start it, put contacts into it.
import { CloseButton, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../api';
import type { Uses } from '../settings/settings-api';
import { UseList } from '../settings/UseList';
import { Failed } from '../ui/Failed';
import { Loading } from '../ui/Loading';
import '../settings/settings.css';
import type { FlowRow } from './flows-api';

export function UsedDialog({ row, onClose }: { row: FlowRow; onClose: () => void }) {
  const { t } = useTranslation('flows');
  const asked = useQuery({ queryKey: ['uses', 'flow', row.id], gcTime: 0, queryFn: ({ signal }) => api.get<Uses>(`/flows/${row.id}/uses`, signal) });
  const title = t('used.title', { name: row.name });
  return (
    <Modal opened onClose={onClose} size={480} withCloseButton={false} attributes={{ content: { 'aria-label': title } }}>
      <div className="set-dialog">
        <div className="row">
          <h2 className="grow">{title}</h2>
          <CloseButton aria-label={t('close', { ns: 'common' })} onClick={onClose} />
        </div>
        {asked.isPending && <Loading rows={2} />}
        {asked.isError && <Failed error={asked.error} onRetry={() => void asked.refetch()} />}
        {asked.isSuccess && asked.data.flows.length === 0 && <p className="muted">{t('used.nowhere')}</p>}
        {asked.isSuccess && asked.data.flows.length > 0 && <UseList uses={asked.data} />}
      </div>
    </Modal>
  );
}
