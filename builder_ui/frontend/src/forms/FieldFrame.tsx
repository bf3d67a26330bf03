// Label above, hint and error below: for widgets that are not one of Mantine's inputs.
import type { ReactNode } from 'react';
import { FieldError } from './FieldError';

type Props = {
  id?: string;
  label: string;
  side?: ReactNode;
  hint?: string;
  error: string | null;
  children: ReactNode;
};

export function FieldFrame({ id, label, side, hint = '', error, children }: Props) {
  return (
    <div className="frame" role="group" aria-label={label === '' ? undefined : label}>
      {(label !== '' || side !== undefined) && (
        <div className="frame-head">
          <span id={id} className="frame-label">
            {label}
          </span>
          {side !== undefined && <span className="muted xs num">{side}</span>}
        </div>
      )}
      {children}
      {error !== null && <FieldError text={error} />}
      {hint !== '' && <span className="frame-hint">{hint}</span>}
    </div>
  );
}
