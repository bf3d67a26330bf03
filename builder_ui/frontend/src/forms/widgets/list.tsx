// Several short texts.
import { TagsInput } from '@mantine/core';
import { textsOf } from '../../document/json';
import { FieldError } from '../FieldError';
import type { FieldProps } from '../form';

export function List({ value, onChange, label, hint, error, required, disabled }: FieldProps) {
  return (
    <TagsInput
      label={label === '' ? undefined : label}
      aria-label={label === '' ? hint : undefined}
      description={hint === '' ? undefined : hint}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      error={error === null ? undefined : <FieldError text={error} />}
      disabled={disabled}
      value={textsOf(value)}
      splitChars={[',', ';']}
      onChange={(texts) => onChange(texts.length === 0 && !required ? undefined : texts)}
    />
  );
}
