// A condition: tests in groups of all or any, nested.
import { ActionIcon, Button, Checkbox, Select } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { isObject, listOf, textOf, type Json, type JsonObject } from '../../document/json';
import { operatorsFor, subjectOf, subjectsOf, type Subject } from '../../document/operands';
import type { Operator } from '../../document/schema';
import { FieldFrame } from '../FieldFrame';
import { choice, useForm, type FieldProps } from '../form';
import { Right } from './right';

type Joint = 'all' | 'any';
const EMPTY: JsonObject = { left: '', op: 'is_true' };
const GROUPS = ['contact', 'deal', 'conversation', 'flow', 'channel', 'hours', 'now', 'account'];

export function Condition({ value, onChange, label, hint, error, required, disabled }: FieldProps) {
  const { types, language, document, looksAt } = useForm();
  const { t } = useTranslation('builder');
  const here = isObject(value) ? value : null;
  const subjects = useMemo(
    () => subjectsOf({ types, language, document }).filter((each) => looksAt?.(each.id) !== false),
    [types, language, document, looksAt],
  );
  return (
    <FieldFrame label={label} hint={hint} error={error}>
      {here === null ? (
        <Button variant="subtle" size="xs" className="add" disabled={disabled} leftSection={<IconPlus size={14} />} onClick={() => onChange(EMPTY)}>
          {t('condition.start')}
        </Button>
      ) : (
        <Group value={here} subjects={subjects} onChange={(next) => onChange(next ?? (required ? EMPTY : undefined))} disabled={disabled} top />
      )}
    </FieldFrame>
  );
}

type PartProps = { value: JsonObject; subjects: Subject[]; onChange: (value: JsonObject | null) => void; disabled: boolean; top?: boolean };

/** A group of tests; a single test is shown as a group of one. */
function Group({ value, subjects, onChange, disabled, top = false }: PartProps) {
  const { t } = useTranslation('builder');
  const joint: Joint = 'any' in value ? 'any' : 'all';
  const isGroup = 'all' in value || 'any' in value;
  const tests = isGroup ? listOf(value[joint]).filter(isObject) : [value];

  const put = (next: JsonObject[], by: Joint = joint) => {
    const [only] = next;
    if (only === undefined) onChange(null);
    else onChange(next.length === 1 && top ? only : { [by]: next });
  };

  return (
    <div className={`condition ${top ? '' : 'is-nested'}`}>
      {tests.length > 1 && (
        <Select
          aria-label={t('condition.joint')}
          data={[choice('all', t('condition.all')), choice('any', t('condition.any'))].map((each) => ({ value: each.value, label: each.title }))}
          value={joint}
          allowDeselect={false}
          disabled={disabled}
          onChange={(next) => put(tests, next === 'any' ? 'any' : 'all')}
        />
      )}
      {tests.map((test, index) => {
        const replace = (next: JsonObject | null) => put(next === null ? tests.toSpliced(index, 1) : tests.with(index, next));
        return <Part key={index} value={test} subjects={subjects} onChange={replace} disabled={disabled} />;
      })}
      {!disabled && (
        <div className="condition-add">
          <Button variant="subtle" size="xs" leftSection={<IconPlus size={14} />} onClick={() => put([...tests, EMPTY])}>
            {t('condition.test')}
          </Button>
          <Button variant="subtle" size="xs" onClick={() => put([...tests, { [joint === 'all' ? 'any' : 'all']: [EMPTY, EMPTY] }])}>
            {t('condition.group')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** A test or a group; a negated one keeps its negation as a tick before it. */
function Part({ value, subjects, onChange, disabled }: PartProps) {
  const { t } = useTranslation('builder');
  const isNot = isObject(value['not']);
  const inner = isObject(value['not']) ? value['not'] : value;
  const put = (next: JsonObject | null) => onChange(next === null || !isNot ? next : { not: next });
  const isGroup = 'all' in inner || 'any' in inner;
  const shared = { value: inner, subjects, onChange: put, disabled };
  if (!isNot) return isGroup ? <Group {...shared} /> : <Test {...shared} />;
  return (
    <div className="negated">
      <Checkbox label={t('condition.not')} checked disabled={disabled} onChange={() => onChange(inner)} />
      {isGroup ? <Group {...shared} /> : <Test {...shared} />}
    </div>
  );
}

function Test({ value, subjects, onChange, disabled }: PartProps) {
  const { types, language } = useForm();
  const { t } = useTranslation('builder');
  const left = textOf(value['left']);
  const subject = subjectOf(left, subjects, { types, language });
  const fitting = operatorsFor(subject, types, language);
  const operator = fitting.find((each) => each.id === value['op']);

  function chooseLeft(id: string) {
    const next = subjectOf(id, subjects, { types, language });
    const operators = operatorsFor(next, types, language);
    const same = operators.find((each) => each.id === value['op']) ?? operators[0];
    // What was compared with before says nothing of another thing, unless both are plain texts.
    const right = next.choices === subject.choices && next.type === subject.type ? value['right'] : undefined;
    onChange(withRight({ left: id, op: same?.id ?? 'equals' }, same, right, next));
  }

  return (
    <div className="test">
      <div className="test-row">
        <Select
          aria-label={t('condition.left')}
          placeholder={t('condition.left')}
          searchable
          data={grouped([...subjects, ...(left === '' || subjects.includes(subject) ? [] : [subject])], (group) => t(`condition.groups.${group}`))}
          value={left === '' ? null : left}
          allowDeselect={false}
          disabled={disabled}
          maxDropdownHeight={320}
          nothingFoundMessage={t('nothingFound', { ns: 'common' })}
          className="grow"
          onChange={(next) => next !== null && chooseLeft(next)}
        />
        {!disabled && (
          <ActionIcon size={24} aria-label={t('condition.remove')} onClick={() => onChange(null)}>
            <IconX size={14} />
          </ActionIcon>
        )}
      </div>
      <div className="test-row is-second">
        <Select
          aria-label={t('condition.op')}
          data={fitting.map((each) => ({ value: each.id, label: each.title }))}
          value={left === '' ? null : (operator?.id ?? null)}
          placeholder={left === '' ? t('condition.op') : textOf(value['op'])}
          allowDeselect={false}
          disabled={disabled || left === ''}
          onChange={(next) => {
            const chosen = fitting.find((each) => each.id === next);
            if (chosen !== undefined) onChange(withRight({ ...value, op: chosen.id }, chosen, value['right'], subject));
          }}
        />
        <Right subject={subject} operator={operator} value={value['right']} onChange={(right) => onChange({ ...value, right })} disabled={disabled} />
      </div>
    </div>
  );
}

function grouped(subjects: Subject[], titleOf: (group: string) => string) {
  return GROUPS.flatMap((group) => {
    const items = subjects.filter((each) => each.group === group).map((each) => ({ value: each.id, label: each.title }));
    return items.length === 0 ? [] : [{ group: titleOf(group), items }];
  });
}

/** The test with a value of the shape its operator takes. */
function withRight(test: JsonObject, operator: Operator | undefined, before: Json | undefined, subject: Subject): JsonObject {
  const { right: _, ...rest } = test;
  switch (operator?.right) {
    case undefined:
    case 'none':
      return rest;
    case 'many':
      return { ...rest, right: Array.isArray(before) ? before : [] };
    case 'two':
      return { ...rest, right: Array.isArray(before) && before.length === 2 ? before : ['', ''] };
    case 'days': {
      if (typeof before === 'number' || (subject.type === 'date_time' && isObject(before))) return { ...rest, right: before };
      return { ...rest, right: 7 };
    }
    default:
      return { ...rest, right: typeof before === 'string' || typeof before === 'number' ? before : '' };
  }
}
