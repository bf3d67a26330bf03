// An amount of time: a number and its unit.
import { NumberInput, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { at, objectOf, textOf } from '../../document/json';
import { choicesOf, resolve } from '../../document/schema';
import { FieldFrame } from '../FieldFrame';
import { inheritedOf, useForm, type FieldProps } from '../form';

export function Duration({ schema, value, onChange, label, hint, error, required, disabled }: FieldProps) {
  const { types, language, document } = useForm();
  const { t } = useTranslation('builder');
  const here = objectOf(value);
  const inherited = objectOf(inheritedOf(document, types, schema));
  const unitSchema = resolve(types, objectOf(at(schema, ['properties', 'unit'])));
  const unit = textOf(here['unit']) || textOf(inherited['unit']) || 'minutes';
  const amount = here['amount'];
  return (
    <FieldFrame label={label} error={error}>
      <div className="pair" title={hint}>
        <NumberInput
          aria-label={`${label} · ${t('form.amount')}`}
          hideControls
          min={1}
          allowDecimal={false}
          disabled={disabled}
          error={error !== null}
          value={typeof amount === 'number' ? amount : ''}
          placeholder={typeof inherited['amount'] === 'number' ? String(inherited['amount']) : undefined}
          onChange={(next) => onChange(typeof next === 'number' ? { amount: next, unit } : required ? {} : undefined)}
        />
        <Select
          aria-label={`${label} · ${t('form.unit')}`}
          data={choicesOf(unitSchema, language).map((each) => ({ value: each.value, label: each.title }))}
          value={unit}
          allowDeselect={false}
          rightSectionWidth={22}
          disabled={disabled}
          onChange={(next) => onChange({ amount: typeof amount === 'number' ? amount : 1, unit: next ?? unit })}
        />
      </div>
    </FieldFrame>
  );
}
