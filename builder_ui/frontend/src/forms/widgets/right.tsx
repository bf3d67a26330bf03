// The right side of a test, by operator and by what is looked at: choices where they are known, dates, spans of time, plain text.
import { MultiSelect, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { at, isObject, listOf, objectOf, textOf, type Json } from '../../document/json';
import { meant, type Subject } from '../../document/operands';
import { choicesOf, resolve, type Operator } from '../../document/schema';
import { useForm } from '../form';

type Props = { subject: Subject; operator: Operator | undefined; value: Json | undefined; onChange: (value: Json) => void; disabled: boolean };

export function Right(props: Props) {
  switch (props.operator?.right) {
    case undefined:
    case 'none':
      return null;
    case 'many':
      return <Many {...props} />;
    case 'two':
      return <Two {...props} />;
    case 'days':
      return <Span {...props} />;
    default:
      return <One {...props} />;
  }
}

function One({ subject, operator, value, onChange, disabled }: Props) {
  const { t } = useTranslation('builder');
  const text = value === undefined || typeof value === 'object' ? '' : String(value);
  const isPattern = operator?.right === 'pattern';
  if (subject.choices !== null && !isPattern) {
    const data = subject.choices.map((each) => ({ value: each.value, label: each.title }));
    if (text !== '' && !data.some((each) => each.value === text)) data.push({ value: text, label: text });
    return (
      <Select
        aria-label={t('condition.right')}
        placeholder={t('form.choose')}
        data={data}
        value={text === '' ? null : text}
        searchable={data.length > 7}
        allowDeselect={false}
        disabled={disabled}
        onChange={(next) => next !== null && onChange(next)}
      />
    );
  }
  return (
    <TextInput
      aria-label={t('condition.right')}
      placeholder={t('condition.right')}
      className={isPattern ? 'is-code' : ''}
      type={isPattern ? 'text' : kindOf(subject.type, text)}
      value={text}
      disabled={disabled}
      onChange={(event) => onChange(meant(event.currentTarget.value, subject.type))}
    />
  );
}

function Many({ subject, value, onChange, disabled }: Props) {
  const { t } = useTranslation('builder');
  const texts = listOf(value).map(String);
  if (subject.choices === null) {
    return (
      <TagsInput
        aria-label={t('condition.right')}
        value={texts}
        disabled={disabled}
        onChange={(next) => onChange(next.map((each) => meant(each, subject.type)))}
      />
    );
  }
  const data = subject.choices.map((each) => ({ value: each.value, label: each.title }));
  const odd = texts.filter((text) => !data.some((each) => each.value === text));
  return (
    <MultiSelect
      aria-label={t('condition.right')}
      placeholder={texts.length === 0 ? t('form.choose') : undefined}
      data={[...data, ...odd.map((text) => ({ value: text, label: text }))]}
      value={texts}
      searchable
      hidePickedOptions
      disabled={disabled}
      onChange={onChange}
    />
  );
}

function Two({ subject, value, onChange, disabled }: Props) {
  const { t } = useTranslation('builder');
  const both = [0, 1].map((index): Json => listOf(value)[index] ?? '');
  return (
    <div className="both">
      {both.map((each, index) => (
        <TextInput
          key={index}
          aria-label={`${t('condition.right')} ${String(index + 1)}`}
          type={kindOf(subject.type, String(each))}
          value={String(each)}
          disabled={disabled}
          onChange={(event) => onChange(both.with(index, meant(event.currentTarget.value, subject.type)))}
        />
      ))}
    </div>
  );
}

/** Days of the calendar for dates; for moments also hours and minutes, as a unit beside the number. */
function Span({ subject, value, onChange, disabled }: Props) {
  const { types, language } = useForm();
  const { t } = useTranslation('builder');
  const schema = resolve(types, objectOf(at(types.definitions, ['$defs', 'condition', 'properties', 'right', 'properties', 'unit'])));
  const amount = isObject(value) ? value['amount'] : value;
  const unit = isObject(value) ? textOf(value['unit']) : 'days';
  const units = choicesOf(schema, language).filter((each) => subject.type !== 'date' || each.value === 'days');
  const put = (next: number, of: string) => onChange(of === 'days' ? next : { amount: next, unit: of });
  return (
    <div className="pair">
      <NumberInput
        aria-label={t('form.amount')}
        hideControls
        min={0}
        allowDecimal={false}
        value={typeof amount === 'number' ? amount : ''}
        disabled={disabled}
        onChange={(next) => typeof next === 'number' && put(next, unit)}
      />
      <Select
        aria-label={t('form.unit')}
        data={units.map((each) => ({ value: each.value, label: each.title }))}
        value={unit}
        allowDeselect={false}
        rightSectionWidth={22}
        disabled={disabled}
        onChange={(next) => next !== null && put(typeof amount === 'number' ? amount : 1, next)}
      />
    </div>
  );
}

/** The browser's own input for dates and times; text where a template stands. */
function kindOf(type: string, text: string): string {
  if (text.includes('{{')) return 'text';
  switch (type) {
    case 'date':
      return 'date';
    case 'time':
      return 'time';
    case 'date_time':
      return text === '' || /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text) ? 'datetime-local' : 'text';
    default:
      return 'text';
  }
}
