// Several short texts.
import { TagsInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { textsOf } from '../../document/json';
import { FieldError } from '../FieldError';
import type { FieldProps } from '../form';

export function List({ value, onChange, label, hint, error, required, disabled }: FieldProps) {
  const { t } = useTranslation('builder');
  const texts = textsOf(value);
  return (
    <TagsInput
      label={label === '' ? undefined : label}
      aria-label={label === '' ? hint : undefined}
      description={hint === '' ? undefined : hint}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      error={error === null ? undefined : <FieldError text={error} />}
      disabled={disabled}
      value={texts}
      placeholder={texts.length === 0 ? t('form.listHint') : undefined}
      splitChars={[',', ';']}
      onChange={(next) => onChange(next.length === 0 && !required ? undefined : next)}
    />
  );
}
