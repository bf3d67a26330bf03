// Dates and moments in the browser's own inputs, which speak the reader's language; times of day in 24 hours.
import { TextInput } from '@mantine/core';
import { textOf } from '../../document/json';
import { FieldError } from '../FieldError';
import type { FieldProps } from '../form';
import { Clock } from './clock';
import { kept } from './text';

type Kind = 'date' | 'datetime-local';

export function DateField(props: FieldProps) {
  return <Native {...props} kind="date" />;
}

export function TimeField({ schema, value, onChange, label, hint, error, required, disabled }: FieldProps) {
  return (
    <Clock
      label={label === '' ? undefined : label}
      aria-label={label === '' ? hint : undefined}
      description={hint === '' ? undefined : hint}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      error={error === null ? undefined : <FieldError text={error} />}
      disabled={disabled}
      value={textOf(value) || textOf(schema['default'])}
      onChange={(next) => onChange(kept(next, required))}
    />
  );
}

export function DateTimeField(props: FieldProps) {
  return <Native {...props} kind="datetime-local" />;
}

/** A point in time: kept with the offset of the clock it was read from. */
export function MomentField(props: FieldProps) {
  return (
    <Native
      {...props}
      kind="datetime-local"
      value={localOf(textOf(props.value))}
      onChange={(next) => props.onChange(typeof next === 'string' && next !== '' ? withOffset(next) : next)}
    />
  );
}

function Native({ kind, value, onChange, label, hint, error, required, disabled }: FieldProps & { kind: Kind }) {
  return (
    <TextInput
      type={kind}
      label={label === '' ? undefined : label}
      aria-label={label === '' ? hint : undefined}
      description={hint === '' ? undefined : hint}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      error={error === null ? undefined : <FieldError text={error} />}
      disabled={disabled}
      value={textOf(value)}
      onChange={(event) => onChange(kept(event.currentTarget.value, required))}
    />
  );
}

const two = (value: number) => String(value).padStart(2, '0');

/** 2026-11-22T10:00 as 2026-11-22T10:00:00-03:00, by this device's clock. */
export function withOffset(local: string): string {
  const minutes = -new Date(local).getTimezoneOffset();
  const far = Math.abs(minutes);
  return `${local}:00${minutes < 0 ? '-' : '+'}${two(Math.floor(far / 60))}:${two(far % 60)}`;
}

/** The same moment on this device's clock; empty where it cannot be read. */
export function localOf(moment: string): string {
  const at = new Date(moment);
  if (moment === '' || Number.isNaN(at.getTime())) return '';
  return `${String(at.getFullYear())}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
