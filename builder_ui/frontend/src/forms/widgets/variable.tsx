// The name of a variable: one the flow has, or a new one.
import { Autocomplete } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { textOf } from '../../document/json';
import { variablesOf } from '../../document/template';
import { fold } from '../../ui/fold';
import { FieldError } from '../FieldError';
import { useForm, type FieldProps } from '../form';
import { kept } from './text';

export function Variable({ value, onChange, label, hint, error, required, disabled }: FieldProps) {
  const { document, types } = useForm();
  const { t } = useTranslation('builder');
  const name = textOf(value);
  return (
    <Autocomplete
      label={label === '' ? undefined : label}
      aria-label={label === '' ? hint : undefined}
      title={hint}
      error={error === null ? undefined : <FieldError text={error} />}
      disabled={disabled}
      className="is-variable"
      data={variablesOf(document, types)}
      value={name}
      placeholder={t('form.variableHint')}
      onChange={(next) => onChange(kept(named(next), required))}
      onBlur={() => {
        if (name.endsWith('_')) onChange(kept(name.replace(/_+$/, ''), required));
      }}
    />
  );
}

/** As a name may be: lower case letters, digits and _, starting with a letter. */
export function named(text: string): string {
  return fold(text.replaceAll(' ', '_')) // fold trims, and a space that is typed is the beginning of the next word
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+/, '')
    .slice(0, 64);
}
