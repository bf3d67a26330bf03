// Short texts with a shape of their own: names that flows use, secrets, colours; and a thing whose kind the field beside it tells.
import { ColorInput, PasswordInput, TextInput } from '@mantine/core';
import { textOf } from '../../document/json';
import { exampleOf, numberAt } from '../../document/schema';
import { fold } from '../../ui/fold';
import { FieldError } from '../FieldError';
import { useForm, type FieldProps } from '../form';
import { Ref } from './ref';
import { kept } from './text';
import { named } from './variable';

const SWATCHES = ['#2f7d6b', '#3b6fb5', '#7a5bb0', '#b54a7b', '#b5533b', '#b5793b', '#8a8a2f', '#4f8a3b', '#6b7280'];

function useCommon({ schema, label, hint, error, disabled }: FieldProps) {
  const { language } = useForm();
  return {
    label: label === '' ? undefined : label,
    'aria-label': label === '' ? hint : undefined,
    description: hint === '' ? undefined : hint,
    inputWrapperOrder: ['label', 'input', 'error', 'description'] satisfies ('label' | 'input' | 'error' | 'description')[],
    error: error === null ? undefined : <FieldError text={error} />,
    disabled,
    maxLength: numberAt(schema, 'maxLength'),
    placeholder: exampleOf(schema, language),
  };
}

/** As variables are named: what is typed is brought into that shape. */
export function VariableName(props: FieldProps) {
  return (
    <TextInput {...useCommon(props)} value={textOf(props.value)} onChange={(event) => props.onChange(kept(named(event.currentTarget.value), props.required))} />
  );
}

/** As slugs are written. */
export function SlugField(props: FieldProps) {
  const slug = (text: string) => fold(text).replace(/[^a-z0-9_/-]+/g, '-').replace(/^[^a-z0-9]+/, '');
  return (
    <TextInput {...useCommon(props)} value={textOf(props.value)} onChange={(event) => props.onChange(kept(slug(event.currentTarget.value), props.required))} />
  );
}

export function Password(props: FieldProps) {
  return (
    <PasswordInput
      {...useCommon(props)}
      autoComplete="new-password"
      value={textOf(props.value)}
      onChange={(event) => props.onChange(kept(event.currentTarget.value, props.required))}
    />
  );
}

export function Color(props: FieldProps) {
  return (
    <ColorInput
      {...useCommon(props)}
      format="hex"
      swatches={SWATCHES}
      swatchesPerRow={9}
      withEyeDropper={false}
      value={textOf(props.value)}
      onChange={(next) => props.onChange(next.toLowerCase())}
    />
  );
}

/** A thing of the kind that is chosen beside it. */
export function ThingField(props: FieldProps) {
  return <Ref {...props} schema={{ ...props.schema, type: 'string', 'x-ref': textOf(props.beside['kind']) }} />;
}
