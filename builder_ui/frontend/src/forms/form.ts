// What every field of a form is given, and what all fields of one form share.
import { createContext, useContext, type ComponentType } from 'react';
import { settingDefault, type Choice, type Language, type NodeTypes, type Schema } from '../document/schema';
import { at, steps, textOf, type Json, type JsonObject } from '../document/json';
import type { FlowDocument } from '../document/flow';
import type { Name } from '../document/template';

export type FieldProps = {
  schema: Schema;
  value: Json | undefined;
  /** undefined takes the value away. */
  onChange: (value: Json | undefined) => void;
  /** The values beside this one. */
  beside: JsonObject;
  /** Where the value is, from the form's root: `/options/2/title`. */
  pointer: string;
  label: string;
  hint: string;
  required: boolean;
  error: string | null;
  disabled: boolean;
};
export type Widget = ComponentType<FieldProps>;

export type FormSetting = {
  document: FlowDocument;
  types: NodeTypes;
  language: Language;
  names: Name[];
  /** Makes a thing of the account by its name and gives its slug, null where that failed; absent: not here. */
  create?: ((kind: string, name: string) => Promise<string | null>) | undefined;
  /** Whether such a thing can be made here: by its name alone, or in a form that asks for more; absent: none can. */
  makes?: (kind: string) => 'name' | 'form' | null;
  /** Which operands conditions may look at; absent: all. */
  looksAt?: (operand: string) => boolean;
  /** Sentences by pointer. */
  errors: ReadonlyMap<string, string>;
  /** What may be wrong, likewise; absent: nothing is looked at. */
  warnings?: ReadonlyMap<string, string>;
  /** The field to put the cursor into. */
  focus: string | null;
  readOnly: boolean;
  /** The id of the flow that is drawn; absent: these are no forms of a flow. */
  flow?: string | undefined;
  /** Shows what lies at the address of a file of this kind; absent: nobody looks. */
  file?: ComponentType<{ url: string; kind: string }> | undefined;
  /** Shows a template as somebody would read it, or asks whether to; absent: texts are not previewed here. */
  preview?: ComponentType<{ text: string; label: string }> | undefined;
};

const FormContext = createContext<FormSetting | null>(null);
export const FormProvider = FormContext.Provider;

export function useForm(): FormSetting {
  const form = useContext(FormContext);
  if (form === null) throw new Error('outside of a form');
  return form;
}

/** The sentence at a field, or at something inside it that has no field of its own. */
export function errorAt(errors: ReadonlyMap<string, string>, pointer: string, deep: boolean): string | null {
  const own = errors.get(pointer);
  if (own !== undefined) return own;
  if (!deep) return null;
  for (const [place, sentence] of errors) if (place.startsWith(`${pointer}/`)) return sentence;
  return null;
}

export function choice(value: string, title: string): Choice {
  return { value, title };
}

/** What counts where a field is empty: what the flow has for it (`x-default-from`) or would have, else its own default. */
export function inheritedOf(document: FlowDocument, types: NodeTypes, schema: Schema): Json | undefined {
  const [where, name, ...deeper] = steps(textOf(schema['x-default-from']));
  if (where === undefined || name === undefined) return schema['default'];
  const usual = where === 'settings' && deeper.length === 0 ? settingDefault(types, document.kind, name) : undefined;
  return at(document, [where, name, ...deeper]) ?? usual ?? schema['default'];
}
