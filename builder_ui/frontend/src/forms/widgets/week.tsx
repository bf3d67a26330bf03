// Hours: the spans of a day, and a week of them.
import { ActionIcon } from '@mantine/core';
import { IconCopy, IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { at, listOf, objectOf, textOf, type Json } from '../../document/json';
import { choicesOf } from '../../document/schema';
import { FieldFrame } from '../FieldFrame';
import { useForm, type FieldProps } from '../form';
import { Clock } from './clock';

type Span = [from: string, to: string];

export function Week({ value, onChange, label, hint, error, disabled }: FieldProps) {
  const { types, language } = useForm();
  const { t } = useTranslation('builder');
  const week = objectOf(value);
  const days = choicesOf(objectOf(at(types.definitions, ['$defs', 'weekdays', 'items'])), language);
  return (
    <FieldFrame label={label} hint={hint} error={error}>
      <div className="week">
        {days.map((day, index) => {
          const before = days[index - 1];
          const spans = spansOf(week[day.value]);
          const put = (next: Span[]) => onChange({ ...week, [day.value]: next });
          return (
            <div key={day.value} className="week-day" role="group" aria-label={day.title}>
              <span className="week-name">{day.title}</span>
              <SpanList spans={spans} onChange={put} disabled={disabled} day={day.title} />
              {!disabled && before !== undefined && (
                <ActionIcon
                  size={24}
                  aria-label={t('hours.as', { day: before.title })}
                  title={t('hours.as', { day: before.title })}
                  onClick={() => put(spansOf(week[before.value]))}
                >
                  <IconCopy size={14} />
                </ActionIcon>
              )}
            </div>
          );
        })}
      </div>
    </FieldFrame>
  );
}

export function Spans({ value, onChange, label, hint, error, disabled }: FieldProps) {
  return (
    <FieldFrame label={label} hint={hint} error={error}>
      <SpanList spans={spansOf(value)} onChange={(next) => onChange(next.length === 0 ? undefined : next)} disabled={disabled} day={label} />
    </FieldFrame>
  );
}

type ListProps = { spans: Span[]; onChange: (spans: Span[]) => void; disabled: boolean; day: string };

function SpanList({ spans, onChange, disabled, day }: ListProps) {
  const { t } = useTranslation('builder');
  return (
    <div className="spans">
      {spans.length === 0 && <span className="muted sm">{t('hours.closed')}</span>}
      {spans.map(([from, to], index) => (
        <div key={index} className="span-row">
          <Clock
            size="xs"
            aria-label={`${day} · ${t('hours.from')}`}
            value={from}
            disabled={disabled}
            onChange={(next) => onChange(spans.with(index, [next, to]))}
          />
          <span className="muted">–</span>
          <Clock
            size="xs"
            endOfDay
            aria-label={`${day} · ${t('hours.to')}`}
            value={to}
            disabled={disabled}
            onChange={(next) => onChange(spans.with(index, [from, next]))}
          />
          {!disabled && (
            <ActionIcon size={24} aria-label={t('form.away', { title: `${from}–${to}` })} onClick={() => onChange(spans.toSpliced(index, 1))}>
              <IconX size={14} />
            </ActionIcon>
          )}
        </div>
      ))}
      {!disabled && (
        <ActionIcon
          size={24}
          aria-label={`${t('hours.add')} · ${day}`}
          title={t('hours.add')}
          onClick={() => onChange([...spans, spans.length === 0 ? ['09:00', '18:00'] : ['18:00', '20:00']])}
        >
          <IconPlus size={14} />
        </ActionIcon>
      )}
    </div>
  );
}

function spansOf(value: Json | undefined): Span[] {
  return listOf(value).map((each): Span => [textOf(listOf(each)[0]), textOf(listOf(each)[1])]);
}
