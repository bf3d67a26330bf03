// What can be done with the flows that are chosen: one floating bar.
import { ActionIcon, Button } from '@mantine/core';
import { IconDownload, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

type Props = { count: number; busy: boolean; onExport: () => void; onClear: () => void };

export function SelectionBar({ count, busy, onExport, onClear }: Props) {
  const { t } = useTranslation('flows');
  return (
    <div className="flows-selection" role="toolbar" aria-label={t('selection.label')}>
      <b aria-live="polite">{t('selection.count', { count })}</b>
      <Button variant="subtle" leftSection={<IconDownload size={16} />} loading={busy} onClick={onExport}>
        {t('selection.export')}
      </Button>
      <ActionIcon size={28} aria-label={t('selection.clear')} onClick={onClear}>
        <IconX size={16} />
      </ActionIcon>
    </div>
  );
}
