// Whether what is drawn is kept, always visible.
import { IconAlertTriangle, IconCheck, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useBuilder } from './store';

export function SaveMark() {
  const { t } = useTranslation('builder');
  const save = useBuilder((builder) => builder.save);
  const isTrouble = save === 'offline' || save === 'refused';
  return (
    <span className={`bld-save sm ${isTrouble ? 'is-trouble' : ''}`} role="status">
      {save === 'saved' && <IconCheck size={14} />}
      {(save === 'saving' || save === 'waiting') && <IconRefresh size={14} />}
      {isTrouble && <IconAlertTriangle size={14} />}
      <span>{t(`save.${save}`)}</span>
    </span>
  );
}
