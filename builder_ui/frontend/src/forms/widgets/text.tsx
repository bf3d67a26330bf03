// One line, or several, of plain text.
import { Textarea, TextInput } from '@mantine/core';
import { numberAt } from '../../document/schema';
import { textOf, textsOf } from '../../document/json';
import { FieldError } from '../FieldError';
import type { FieldProps } from '../form';

function common({ schema, value, label, hint, error, disabled }: FieldProps) {
  return {
    label: label === '' ? undefined : label,
    'aria-label': label === '' ? hint : undefined,
    description: hint === '' ? undefined : hint,
    inputWrapperOrder: ['label', 'input', 'error', 'description'] satisfies ('label' | 'input' | 'error' | 'description')[],
    error: error === null ? undefined : <FieldError text={error} />,
    disabled,
    value: textOf(value),
    maxLength: numberAt(schema, 'maxLength'),
    placeholder: textsOf(schema['examples'])[0],
  };
}

export function Text(props: FieldProps) {
  return <TextInput {...common(props)} onChange={(event) => props.onChange(kept(event.currentTarget.value, props.required))} />;
}

export function TextArea(props: FieldProps) {
  return <Textarea {...common(props)} onChange={(event) => props.onChange(kept(event.currentTarget.value, props.required))} />;
}

/** An optional text that is emptied is no longer there. */
export function kept(text: string, required: boolean): string | undefined {
  return text === '' && !required ? undefined : text;
}
