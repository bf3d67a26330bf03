// One of a few, or none.
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { textOf } from '../../document/json';
import { choicesOf } from '../../document/schema';
import { FieldError } from '../FieldError';
import { useForm, type FieldProps } from '../form';

export function Pick({ schema, value, onChange, label, hint, error, disabled }: FieldProps) {
  const { language } = useForm();
  const { t } = useTranslation('builder');
  const here = textOf(value);
  return (
    <Select
      label={label === '' ? undefined : label}
      aria-label={label === '' ? hint : undefined}
      error={error === null ? undefined : <FieldError text={error} />}
      data={choicesOf(schema, language).map((each) => ({ value: each.value, label: each.title }))}
      value={here === '' ? null : here}
      placeholder={t('form.choose')}
      clearable
      disabled={disabled}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}
