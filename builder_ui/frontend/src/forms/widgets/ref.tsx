// A thing of the account, by its slug.
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { at, steps, textOf } from '../../document/json';
import { FieldError } from '../FieldError';
import { useForm, type FieldProps } from '../form';

export function Ref({ schema, value, onChange, label, hint, error, required, disabled }: FieldProps) {
  const { references, document } = useForm();
  const { t } = useTranslation('builder');
  const known = references[textOf(schema['x-ref'])] ?? [];
  const slug = textOf(value);
  const inherited = textOf(at(document, steps(textOf(schema['x-default-from']))));
  const data = known.map((each) => ({ value: each.slug, label: each.name }));
  const isLost = slug !== '' && !known.some((each) => each.slug === slug);
  if (isLost) data.push({ value: slug, label: t('form.lost', { slug }) });
  return (
    <Select
      label={label === '' ? undefined : label}
      aria-label={label === '' ? hint : undefined}
      description={hint === '' ? undefined : hint}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      error={error === null ? undefined : <FieldError text={error} />}
      disabled={disabled}
      data={data}
      value={slug === '' ? null : slug}
      placeholder={known.find((each) => each.slug === inherited)?.name ?? t('form.choose')}
      searchable={known.length > 7}
      clearable={!required}
      allowDeselect={!required}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}
