// One line, or several, of plain text.
import { Textarea, TextInput } from '@mantine/core';
import { exampleOf, numberAt } from '../../document/schema';
import { textOf } from '../../document/json';
import { FieldError } from '../FieldError';
import { useForm, type FieldProps } from '../form';

function useCommon({ schema, value, label, hint, error, disabled }: FieldProps) {
  const { language } = useForm();
  return {
    label: label === '' ? undefined : label,
    'aria-label': label === '' ? hint : undefined,
    description: hint === '' ? undefined : hint,
    inputWrapperOrder: ['label', 'input', 'error', 'description'] satisfies ('label' | 'input' | 'error' | 'description')[],
    error: error === null ? undefined : <FieldError text={error} />,
    disabled,
    value: textOf(value),
    maxLength: numberAt(schema, 'maxLength'),
    placeholder: exampleOf(schema, language),
  };
}

export function Text(props: FieldProps) {
  return <TextInput {...useCommon(props)} onChange={(event) => props.onChange(kept(event.currentTarget.value, props.required))} />;
}

export function TextArea(props: FieldProps) {
  return <Textarea {...useCommon(props)} onChange={(event) => props.onChange(kept(event.currentTarget.value, props.required))} />;
}

/** An optional text that is emptied is no longer there. */
export function kept(text: string, required: boolean): string | undefined {
  return text === '' && !required ? undefined : text;
}
