// A condition: tests in groups of all or any, nested.
import { ActionIcon, Button, Select, TagsInput, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isObject, listOf, textOf, type Json, type JsonObject } from '../../document/json';
import { operandsOf, operatorsOf, type Operator } from '../../document/schema';
import { nameOfNode, spoken, variablesOf } from '../../document/template';
import { operandTitle } from '../../document/summary';
import { FieldFrame } from '../FieldFrame';
import { choice, useForm, type FieldProps } from '../form';

type Joint = 'all' | 'any';

export function Condition({ value, onChange, label, error, required, disabled }: FieldProps) {
  const { t } = useTranslation('builder');
  const here = isObject(value) ? value : null;
  return (
    <FieldFrame label={label} error={error}>
      {here === null ? (
        <Button variant="subtle" size="xs" className="add" disabled={disabled} leftSection={<IconPlus size={14} />} onClick={() => onChange(EMPTY)}>
          {t('condition.start')}
        </Button>
      ) : (
        <Group value={here} onChange={(next) => onChange(next ?? (required ? EMPTY : undefined))} disabled={disabled} top />
      )}
    </FieldFrame>
  );
}

const EMPTY: JsonObject = { left: '', op: 'is_true' };

type PartProps = { value: JsonObject; onChange: (value: JsonObject | null) => void; disabled: boolean; top?: boolean };

/** A group of tests; a single test is shown as a group of one. */
function Group({ value, onChange, disabled, top = false }: PartProps) {
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
        return 'all' in test || 'any' in test ? (
          <Group key={index} value={test} onChange={replace} disabled={disabled} />
        ) : (
          <Test key={index} value={test} onChange={replace} disabled={disabled} />
        );
      })}
      {!disabled && (
        <div className="condition-add">
          <Button variant="subtle" size="xs" leftSection={<IconPlus size={14} />} onClick={() => put([...tests, EMPTY])}>
            {t('condition.test')}
          </Button>
          {tests.length > 1 && (
            <Button variant="subtle" size="xs" onClick={() => put([...tests, { [joint === 'all' ? 'any' : 'all']: [EMPTY, EMPTY] }])}>
              {t('condition.group')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/** One test; a negated one keeps its negation (shown as a word before it). */
function Test({ value, onChange, disabled }: PartProps) {
  const { types, language, document } = useForm();
  const { t } = useTranslation('builder');
  const isNot = isObject(value['not']);
  const inner = isObject(value['not']) ? value['not'] : value;
  const left = textOf(inner['left']);
  const allTypes = useOperandTypes();
  const operators = operatorsOf(types, language).filter((each) => each.types.includes(typeOf(left, allTypes)));
  const operator = operators.find((each) => each.id === inner['op']);
  const operands = useOperands();
  if (left !== '' && !operands.some((each) => each.value === left)) {
    operands.push({ value: left, label: operandTitle(left, types, language, document) });
  }
  const put = (next: JsonObject) => onChange(isNot ? { not: next } : next);

  function chooseLeft(next: string) {
    const type = typeOf(next, allTypes);
    const fitting = operatorsOf(types, language).filter((each) => each.types.includes(type));
    const same = fitting.find((each) => each.id === inner['op']) ?? fitting[0];
    put(withRight({ left: next, op: same?.id ?? 'equals' }, same, inner['right']));
  }

  return (
    <div className="test">
      <div className="test-row">
        {isNot && <span className="muted sm">{t('condition.not')}</span>}
        <Select
          aria-label={t('condition.left')}
          placeholder={t('condition.left')}
          searchable
          data={operands}
          value={left === '' ? null : left}
          allowDeselect={false}
          disabled={disabled}
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
          data={operators.map((each) => ({ value: each.id, label: each.title }))}
          value={operator?.id ?? null}
          allowDeselect={false}
          disabled={disabled || left === ''}
          onChange={(next) => {
            const chosen = operators.find((each) => each.id === next);
            if (chosen !== undefined) put(withRight({ ...inner, op: chosen.id }, chosen, inner['right']));
          }}
        />
        <Right operator={operator} value={inner['right']} onChange={(right) => put({ ...inner, right })} disabled={disabled} />
      </div>
    </div>
  );
}

type RightProps = { operator: Operator | undefined; value: Json | undefined; onChange: (value: Json) => void; disabled: boolean };

function Right({ operator, value, onChange, disabled }: RightProps) {
  const { t } = useTranslation('builder');
  const texts = listOf(value).map(String);
  switch (operator?.right) {
    case undefined:
    case 'none':
      return null;
    case 'many':
      return <TagsInput aria-label={t('condition.right')} value={texts} onChange={onChange} disabled={disabled} />;
    case 'two':
      return (
        <div className="pair">
          {[0, 1].map((index) => (
            <TextInput
              key={index}
              aria-label={`${t('condition.right')} ${String(index + 1)}`}
              value={texts[index] ?? ''}
              disabled={disabled}
              onChange={(event) => onChange([texts[0] ?? '', texts[1] ?? ''].with(index, event.currentTarget.value))}
            />
          ))}
        </div>
      );
    default:
      return (
        <TextInput
          aria-label={t('condition.right')}
          placeholder={t('condition.right')}
          value={typeof value === 'string' || typeof value === 'number' ? String(value) : ''}
          disabled={disabled}
          onChange={(event) => onChange(operator?.right === 'days' ? Number(event.currentTarget.value) || 0 : event.currentTarget.value)}
        />
      );
  }
}

/** The test with a value of the shape its operator takes. */
function withRight(test: JsonObject, operator: Operator | undefined, before: Json | undefined): JsonObject {
  const { right: _, ...rest } = test;
  switch (operator?.right) {
    case undefined:
    case 'none':
      return rest;
    case 'many':
      return { ...rest, right: Array.isArray(before) ? before : [] };
    case 'two':
      return { ...rest, right: Array.isArray(before) && before.length === 2 ? before : ['', ''] };
    case 'days':
      return { ...rest, right: typeof before === 'number' ? before : 7 };
    default:
      return { ...rest, right: typeof before === 'string' ? before : '' };
  }
}

/** What a condition can ask about here: families of operands are spelled out with what the flow and the account have. */
function useOperands(): { value: string; label: string }[] {
  const { types, language, document, references } = useForm();
  return operandsOf(types, language).flatMap(({ id, title, reference }) => {
    if (!id.endsWith('*')) return [{ value: id, label: title }];
    const stem = id.slice(0, -1);
    if (reference !== '') {
      return (references[reference] ?? []).map((each) => ({ value: stem + each.slug, label: `${title}: ${each.name}` }));
    }
    if (stem === 'answers.') {
      const asked = document.nodes.filter((node) => types.types[node.type]?.['x-group'] === 'ask');
      return asked.map((node) => ({ value: stem + node.id, label: `${title} “${nameOfNode(document, types, node.id, language)}”` }));
    }
    if (stem === 'vars.') {
      return variablesOf(document, types).map((name) => ({ value: stem + name, label: `${title} ${spoken(name)}` }));
    }
    return [];
  });
}

type Types = { id: string; type: string }[];

function useOperandTypes(): Types {
  const { types, language } = useForm();
  return operandsOf(types, language);
}

function typeOf(left: string, operands: Types): string {
  const exact = operands.find((each) => each.id === left);
  const family = operands.find((each) => each.id.endsWith('*') && left.startsWith(each.id.slice(0, -1)));
  return (exact ?? family)?.type ?? 'any';
}
