// Yes or no.
import { Switch as MantineSwitch } from '@mantine/core';
import type { FieldProps } from '../form';

export function Switch({ value, schema, onChange, label, hint, error, disabled }: FieldProps) {
  const isOn = value === undefined ? schema['default'] === true : value === true;
  return (
    <MantineSwitch
      label={label}
      aria-label={label === '' ? hint : undefined}
      description={hint === '' ? undefined : hint}
      error={error}
      disabled={disabled}
      checked={isOn}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
