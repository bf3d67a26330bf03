// A number within its bounds; empty = the default.
import { NumberInput } from '@mantine/core';
import { numberAt } from '../../document/schema';
import { FieldError } from '../FieldError';
import { inheritedOf, useForm, type FieldProps } from '../form';

export function NumberField({ schema, value, onChange, label, hint, error, disabled }: FieldProps) {
  const { document, types } = useForm();
  const inherited = inheritedOf(document, types, schema);
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
