// So long before or after a moment: number, unit and side in one row; empty = the moment itself.
import { NumberInput, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { at, objectOf, textOf, type JsonObject } from '../../document/json';
import { choicesOf, resolve, titleOf } from '../../document/schema';
import { FieldFrame } from '../FieldFrame';
import { useForm, type FieldProps } from '../form';

export function Offset({ schema, value, onChange, label, hint, error, required, disabled }: FieldProps) {
  const { types, language } = useForm();
  const { t } = useTranslation('builder');
  const here = objectOf(value);
  const part = (name: string) => resolve(types, objectOf(at(schema, ['properties', name])));
  const whole: JsonObject = {
    unit: textOf(here['unit']) || textOf(part('unit')['default']),
    when: textOf(here['when']) || textOf(part('when')['default']),
  };
  const amount = here['amount'];
  const put = (change: JsonObject) => onChange({ amount: typeof amount === 'number' ? amount : 1, ...whole, ...change });
  return (
    <FieldFrame label={label} hint={hint} error={error}>
      <div className="triple">
        <NumberInput
          aria-label={`${label} · ${t('form.amount')}`}
          hideControls
          min={1}
          allowDecimal={false}
          disabled={disabled}
          value={typeof amount === 'number' ? amount : ''}
          onChange={(next) => (typeof next === 'number' ? put({ amount: next }) : onChange(required ? {} : undefined))}
        />
        {['unit', 'when'].map((name) => (
          <Select
            key={name}
            aria-label={`${label} · ${titleOf(part(name), language)}`}
            data={choicesOf(part(name), language).map((each) => ({ value: each.value, label: each.title }))}
            value={textOf(whole[name])}
            allowDeselect={false}
            rightSectionWidth={22}
            disabled={disabled}
            onChange={(next) => next !== null && put({ [name]: next })}
          />
        ))}
      </div>
    </FieldFrame>
  );
}
