// A value whose type the field `type` beside it tells: text, number, yes or no, date, time, list.
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { textOf } from '../../document/json';
import { FieldError } from '../FieldError';
import type { FieldProps } from '../form';
import { List } from './list';
import { DateField, TimeField } from './moments';
import { NumberField } from './number';
import { TextArea } from './text';

export function Value(props: FieldProps) {
  switch (textOf(props.beside['type'])) {
    case 'number':
      return <NumberField {...props} />;
    case 'integer':
      return <NumberField {...props} schema={{ ...props.schema, type: 'integer' }} />;
    case 'yes_no':
      return <YesNo {...props} />;
    case 'date':
      return <DateField {...props} />;
    case 'time':
      return <TimeField {...props} />;
    case 'list':
      return <List {...props} />;
    default:
      return <TextArea {...props} value={typeof props.value === 'number' ? String(props.value) : props.value} />;
  }
}

function YesNo({ value, onChange, label, error, required, disabled }: FieldProps) {
  const { t } = useTranslation('builder');
  return (
    <Select
      label={label}
      error={error === null ? undefined : <FieldError text={error} />}
      data={[
        { value: 'yes', label: t('form.yes') },
        { value: 'no', label: t('form.no') },
      ]}
      value={value === true ? 'yes' : value === false ? 'no' : null}
      placeholder={t('form.choose')}
      clearable={!required}
      allowDeselect={!required}
      disabled={disabled}
      onChange={(next) => onChange(next === null ? undefined : next === 'yes')}
    />
  );
}
