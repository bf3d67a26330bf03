// One of a few: side by side when they fit, else a list.
import { SegmentedControl, Select as MantineSelect } from '@mantine/core';
import { textOf, textsOf } from '../../document/json';
import { choicesOf, eventsOf, type Language, type NodeTypes, type Schema } from '../../document/schema';
import { FieldError } from '../FieldError';
import { FieldFrame } from '../FieldFrame';
import { useForm, type FieldProps } from '../form';

const ROOM = 34; // letters that fit side by side in the inspector

export function Select({ schema, value, onChange, label, hint, error, disabled }: FieldProps) {
  const { types, language, document } = useForm();
  const chosen = textOf(value) || textOf(schema['default']);
  const choices = choicesOf(schema, language)
    .filter((each) => each.value === chosen || fits(types, schema, each.value, document.kind, language))
    .map((each) => ({ value: each.value, label: each.title }));
  const letters = choices.reduce((sum, each) => sum + each.label.length + 3, 0);
  if (choices.length <= 4 && letters <= ROOM) {
    return (
      <FieldFrame label={label} hint={hint} error={error}>
        <SegmentedControl
          aria-label={label}
          data={choices}
          value={chosen}
          disabled={disabled}
          onChange={onChange}
          className="segments"
        />
      </FieldFrame>
    );
  }
  return (
    <MantineSelect
      label={label === '' ? undefined : label}
      aria-label={label === '' ? hint : undefined}
      description={hint === '' ? undefined : hint}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      error={error === null ? undefined : <FieldError text={error} />}
      data={choices}
      value={chosen === '' ? null : chosen}
      allowDeselect={false}
      searchable={choices.length > 12}
      disabled={disabled}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}

/** Where events are offered that nobody can wait for, they are there to start the flow: then only those of its kind. */
function fits(types: NodeTypes, schema: Schema, value: string, kind: string, language: Language): boolean {
  if (schema['x-catalogue'] !== 'x-events') return true;
  const events = eventsOf(types, language);
  const offered = textsOf(schema['enum']);
  const isToStart = events.some((event) => offered.includes(event.id) && !event.awaited);
  return !isToStart || events.find((event) => event.id === value)?.kinds.includes(kind) !== false;
}
