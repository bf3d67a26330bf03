// What is wrong with a field, or may be, in words, with its icon.
import { IconAlertCircle, IconAlertTriangle } from '@tabler/icons-react';
import './forms.css';

export function FieldError({ text }: { text: string }) {
  return (
    <span className="field-error">
      <IconAlertCircle size={14} />
      {text}
    </span>
  );
}

export function FieldWarning({ text }: { text: string }) {
  return (
    <span className="field-error is-warning">
      <IconAlertTriangle size={14} />
      {text}
    </span>
  );
}
