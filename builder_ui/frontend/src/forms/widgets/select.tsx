// One of a few: side by side when they fit, else a list.
import { SegmentedControl, Select as MantineSelect } from '@mantine/core';
import { textOf } from '../../document/json';
import { choicesOf } from '../../document/schema';
import { FieldError } from '../FieldError';
import { FieldFrame } from '../FieldFrame';
import { useForm, type FieldProps } from '../form';

const ROOM = 34; // letters that fit side by side in the inspector

export function Select({ schema, value, onChange, label, hint, error, disabled }: FieldProps) {
  const { language } = useForm();
  const choices = choicesOf(schema, language).map((each) => ({ value: each.value, label: each.title }));
  const chosen = textOf(value) || textOf(schema['default']);
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
      disabled={disabled}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}
