// A number within its bounds; empty = the default.
import { NumberInput } from '@mantine/core';
import { at, steps, textOf } from '../../document/json';
import { numberAt } from '../../document/schema';
import { FieldError } from '../FieldError';
import { useForm, type FieldProps } from '../form';

export function NumberField({ schema, value, onChange, label, hint, error, disabled }: FieldProps) {
  const { document } = useForm();
  const inherited = at(document, steps(textOf(schema['x-default-from']))) ?? schema['default'];
  return (
    <NumberInput
      label={label === '' ? undefined : label}
      aria-label={label === '' ? hint : undefined}
      title={hint}
      error={error === null ? undefined : <FieldError text={error} />}
      disabled={disabled}
      value={typeof value === 'number' ? value : ''}
      placeholder={typeof inherited === 'number' ? String(inherited) : undefined}
      min={numberAt(schema, 'minimum')}
      max={numberAt(schema, 'maximum')}
      allowDecimal={schema['type'] !== 'integer'}
      onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
    />
  );
}
