// What can be done with one flow of the list, at the end of its row.
import { Loader, Menu } from '@mantine/core';
import { IconArchive, IconCopy, IconDots, IconDownload, IconFolderSymlink, IconListSearch, IconTag } from '@tabler/icons-react';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '../ui/toast';
import type { RowActs } from './FlowRowView';
import { readFlowById, useArchiveFlow, useCreateFlow, useRestoreFlow, type FlowRow } from './flows-api';

type Props = { row: FlowRow; edits: boolean; acts: RowActs };

/** Two plain buttons until somebody wants more: a list has many rows, and a menu for each would cost every one of them. */
export function FlowActs({ row, edits, acts }: Props) {
  const { t } = useTranslation('flows');
  const [wanted, setWanted] = useState(false);
  const more = (
    <button type="button" className="flows-icon" aria-label={t('acts.more', { name: row.name })} aria-haspopup="menu" onClick={() => setWanted(true)}>
      <IconDots size={16} aria-hidden />
    </button>
  );
  return (
    <span className="flows-acts">
      {edits && <Duplicate row={row} />}
      {wanted ? <FlowMenu row={row} edits={edits} acts={acts} target={more} /> : more}
    </span>
  );
}

function Duplicate({ row }: { row: FlowRow }) {
  const { t } = useTranslation('flows');
  const create = useCreateFlow();

  async function copy() {
    const { document, kind } = await readFlowById(row.id);
    const name = t('acts.copyOf', { name: document.name });
    await create.mutateAsync({ name, kind, document: { ...document, name }, folder: row.folder, tags: row.tags });
    toast({ text: t('acts.duplicated', { name: row.name }) });
  }

  return (
    <button
      type="button" className="flows-icon" title={t('acts.duplicate')} aria-label={t('acts.duplicateOf', { name: row.name })} disabled={create.isPending}
      onClick={() => void copy().catch(() => toast({ text: t('acts.failed'), stays: true }))}
    >
      {create.isPending ? <Loader size={14} /> : <IconCopy size={16} aria-hidden />}
    </button>
  );
}

/** Open from the first; it stays with its row, so that closing it gives the focus back. */
function FlowMenu({ row, edits, acts, target }: Props & { target: ReactElement }) {
  const { t } = useTranslation('flows');
  const archive = useArchiveFlow();
  const restore = useRestoreFlow();
  const failed = () => toast({ text: t('acts.failed'), stays: true });

  const putAway = () =>
    archive
      .mutateAsync(row.id)
      .then(() => toast({ text: t('acts.archived', { name: row.name }), undo: () => void restore.mutateAsync(row).catch(failed) }))
      .catch(failed);
  return (
    <Menu position="bottom-end" defaultOpened>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        {edits && (
          <>
            <Menu.Item leftSection={<IconFolderSymlink size={16} />} onClick={() => acts.move(row)}>
              {t('acts.move')}
            </Menu.Item>
            <Menu.Item leftSection={<IconTag size={16} />} onClick={() => acts.tag(row)}>
              {t('acts.tags')}
            </Menu.Item>
          </>
        )}
        <Menu.Item leftSection={<IconDownload size={16} />} onClick={() => acts.export(row)}>
          {t('acts.export')}
        </Menu.Item>
        <Menu.Item leftSection={<IconListSearch size={16} />} onClick={() => acts.used(row)}>
          {t('used.act')}
        </Menu.Item>
        {edits && (
          <Menu.Item leftSection={<IconArchive size={16} />} onClick={putAway}>
            {t('acts.archive')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
