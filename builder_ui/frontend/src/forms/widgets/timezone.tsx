// A time zone by its name in the IANA database.
import { Select } from '@mantine/core';
import { textOf } from '../../document/json';
import { FieldError } from '../FieldError';
import type { FieldProps } from '../form';

const zones = Intl.supportedValuesOf('timeZone');

export function TimeZone({ value, onChange, label, hint, error, required, disabled }: FieldProps) {
  const here = textOf(value);
  return (
    <Select
      label={label === '' ? undefined : label}
      aria-label={label === '' ? hint : undefined}
      description={hint === '' ? undefined : hint}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      error={error === null ? undefined : <FieldError text={error} />}
      disabled={disabled}
      data={here === '' || zones.includes(here) ? zones : [here, ...zones]}
      value={here === '' ? null : here}
      searchable
      limit={60}
      clearable={!required}
      allowDeselect={!required}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}
