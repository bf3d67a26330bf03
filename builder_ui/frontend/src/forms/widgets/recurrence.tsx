// How often something happens: frequency, interval and days; a rule that says more is edited as text.
import { NumberInput, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { at, objectOf, textOf, textsOf } from '../../document/json';
import { choicesOf } from '../../document/schema';
import { FieldFrame } from '../FieldFrame';
import { useForm, type FieldProps } from '../form';
import { DAYS, FREQUENCIES, ruleOf, textOfRule, type Rule } from '../recurrence';

const START: Rule = { frequency: 'WEEKLY', every: 1, days: ['MO'], monthDay: null };

export function Recurrence({ value, onChange, label, hint, error, disabled }: FieldProps) {
  const { types, language } = useForm();
  const { t } = useTranslation('builder');
  const text = textOf(value);
  const rule = text === '' ? START : ruleOf(text);
  const put = (change: Partial<Rule>) => rule !== null && onChange(textOfRule({ ...rule, ...change }));
  const days = objectOf(at(types.definitions, ['$defs', 'weekdays', 'items']));
  const names = choicesOf(days, language);
  const isOwn = rule === null;
  return (
    <FieldFrame label={label} hint={isOwn ? hint : ''} error={error}>
      <Select
        aria-label={label}
        data={[...FREQUENCIES.map((each) => ({ value: each, label: t(`recurrence.${each}`) })), { value: 'own', label: t('recurrence.own') }]}
        value={isOwn ? 'own' : text === '' ? null : rule.frequency}
        placeholder={t('form.choose')}
        allowDeselect={false}
        disabled={disabled}
        onChange={(next) => {
          const frequency = FREQUENCIES.find((each) => each === next);
          if (frequency !== undefined) onChange(textOfRule({ ...(rule ?? START), frequency }));
          else onChange(`${text || textOfRule(START)};COUNT=10`);
        }}
      />
      {isOwn ? (
        <TextInput aria-label={t('recurrence.rule')} className="is-code" value={text} disabled={disabled} onChange={(event) => onChange(event.currentTarget.value)} />
      ) : (
        text !== '' && (
          <>
            <NumberInput
              label={t(`recurrence.every.${rule.frequency}`)}
              min={1}
              max={366}
              allowDecimal={false}
              value={rule.every}
              disabled={disabled}
              onChange={(next) => typeof next === 'number' && put({ every: Math.max(1, next) })}
            />
            {rule.frequency === 'WEEKLY' && (
              <div className="days" role="group" aria-label={t('recurrence.days')}>
                {DAYS.map((day, index) => (
                  <button
                    key={day}
                    type="button"
                    className="day"
                    aria-pressed={rule.days.includes(day)}
                    disabled={disabled}
                    onClick={() => put({ days: rule.days.includes(day) ? rule.days.filter((each) => each !== day) : [...rule.days, day] })}
                  >
                    {names[index]?.title ?? textsOf(days['enum'])[index]}
                  </button>
                ))}
              </div>
            )}
            {rule.frequency === 'MONTHLY' && (
              <NumberInput
                label={t('recurrence.monthDay')}
                min={1}
                max={31}
                allowDecimal={false}
                value={rule.monthDay ?? ''}
                disabled={disabled}
                onChange={(next) => put({ monthDay: typeof next === 'number' ? next : null })}
              />
            )}
          </>
        )
      )}
    </FieldFrame>
  );
}
