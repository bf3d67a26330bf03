// Something that can happen and that a run can wait for, from the catalogue.
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { textOf } from '../../document/json';
import { eventsOf } from '../../document/schema';
import { FieldError } from '../FieldError';
import { useForm, type FieldProps } from '../form';

export function EventField({ value, onChange, label, hint, error, disabled }: FieldProps) {
  const { types, language } = useForm();
  const { t } = useTranslation('builder');
  const here = textOf(value);
  const events = eventsOf(types, language).filter((event) => event.awaited || event.id === here);
  return (
    <Select
      label={label === '' ? undefined : label}
      aria-label={label === '' ? hint : undefined}
      error={error === null ? undefined : <FieldError text={error} />}
      disabled={disabled}
      data={events.map((event) => ({ value: event.id, label: event.title }))}
      value={here === '' ? null : here}
      placeholder={t('form.choose')}
      searchable
      allowDeselect={false}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}
