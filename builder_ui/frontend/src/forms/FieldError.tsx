// What is wrong with a field, in words, with its icon.
import { IconAlertCircle } from '@tabler/icons-react';
import './forms.css';

export function FieldError({ text }: { text: string }) {
  return (
    <span className="field-error">
      <IconAlertCircle size={14} />
      {text}
    </span>
  );
}
