// What can be done with the flows that are chosen: one floating bar.
import { ActionIcon, Button } from '@mantine/core';
import { IconDownload, IconFolderSymlink, IconTag, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

type Props = { count: number; busy: boolean; edits: boolean; onMove: () => void; onTag: () => void; onExport: () => void; onClear: () => void };

export function SelectionBar({ count, busy, edits, onMove, onTag, onExport, onClear }: Props) {
  const { t } = useTranslation('flows');
  return (
    <div className="flows-selection" role="toolbar" aria-label={t('selection.label')}>
      <b aria-live="polite">{t('selection.count', { count })}</b>
      {edits && (
        <>
          <Button variant="subtle" leftSection={<IconFolderSymlink size={16} />} onClick={onMove}>
            {t('acts.move')}
          </Button>
          <Button variant="subtle" leftSection={<IconTag size={16} />} onClick={onTag}>
            {t('acts.tags')}
          </Button>
        </>
      )}
      <Button variant="subtle" leftSection={<IconDownload size={16} />} loading={busy} onClick={onExport}>
        {t('selection.export')}
      </Button>
      <ActionIcon size={28} aria-label={t('selection.clear')} onClick={onClear}>
        <IconX size={16} />
      </ActionIcon>
    </div>
  );
}
