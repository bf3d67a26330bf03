// What can be done with one flow of the list, at the end of its row.
import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconArchive, IconCopy, IconDots, IconDownload, IconFolderSymlink, IconTag } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { toast } from '../ui/toast';
import { readFlowById, useArchiveFlow, useCreateFlow, useRestoreFlow, type FlowRow } from './flows-api';

type Props = { row: FlowRow; edits: boolean; onExport: () => void; onMove: () => void; onTag: () => void };

export function FlowActs({ row, edits, onExport, onMove, onTag }: Props) {
  const { t } = useTranslation('flows');
  const create = useCreateFlow();
  const archive = useArchiveFlow();
  const restore = useRestoreFlow();
  const failed = () => toast({ text: t('acts.failed'), stays: true });

  async function copy() {
    const { document, kind } = await readFlowById(row.id);
    const name = t('acts.copyOf', { name: document.name });
    await create.mutateAsync({ name, kind, document: { ...document, name }, folder: row.folder, tags: row.tags });
    toast({ text: t('acts.duplicated', { name: row.name }) });
  }

  const putAway = () =>
    archive
      .mutateAsync(row.id)
      .then(() => toast({ text: t('acts.archived', { name: row.name }), undo: () => void restore.mutateAsync(row).catch(failed) }))
      .catch(failed);
  return (
    <span className="flows-acts">
      {edits && (
        <Tooltip label={t('acts.duplicate')}>
          <ActionIcon size={28} aria-label={t('acts.duplicateOf', { name: row.name })} loading={create.isPending} onClick={() => void copy().catch(failed)}>
            <IconCopy size={16} />
          </ActionIcon>
        </Tooltip>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={28} aria-label={t('acts.more', { name: row.name })}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {edits && (
            <>
              <Menu.Item leftSection={<IconFolderSymlink size={16} />} onClick={onMove}>
                {t('acts.move')}
              </Menu.Item>
              <Menu.Item leftSection={<IconTag size={16} />} onClick={onTag}>
                {t('acts.tags')}
              </Menu.Item>
            </>
          )}
          <Menu.Item leftSection={<IconDownload size={16} />} onClick={onExport}>
            {t('acts.export')}
          </Menu.Item>
          {edits && (
            <Menu.Item leftSection={<IconArchive size={16} />} onClick={putAway}>
              {t('acts.archive')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}
