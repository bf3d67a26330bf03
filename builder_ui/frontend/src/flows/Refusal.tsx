// Why something was refused, in place, in words.
import { IconAlertCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { whyNot } from './refusals';

export function Refusal({ error, title }: { error: unknown; title: string }) {
  const { t, i18n } = useTranslation('flows');
  return (
    <div className="flows-refusal" role="alert">
      <IconAlertCircle size={16} aria-hidden />
      <p>
        <b>{title}</b> {whyNot(error, t, i18n.language)}
      </p>
    </div>
  );
}
