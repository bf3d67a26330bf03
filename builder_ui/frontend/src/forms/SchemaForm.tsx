// A form from a schema: one field a property, rare ones folded with their present value.
import { IconChevronRight } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isObject, textOf, without, type Json, type JsonObject } from '../document/json';
import {
  choicesOf,
  eventsOf,
  isShown,
  nameOfThing,
  propertiesOf,
  said,
  titleOf,
  type Language,
  type NodeTypes,
  type Property,
  type Schema,
} from '../document/schema';
import { durationIn } from '../document/summary';
import { errorAt, inheritedOf, useForm } from './form';
import { FieldWarning } from './FieldError';
import { drawsOwnErrors, hasForms, isHalf, widgetFor } from './widgets';
import './forms.css';

type Props = {
  schema: Schema;
  value: JsonObject;
  /** `touched` is the pointer of the field that changed. */
  onChange: (value: JsonObject, touched: string) => void;
  pointer?: string;
};

export function SchemaForm({ schema, value, onChange, pointer = '' }: Props) {
  const { types } = useForm();
  const properties = propertiesOf(types, schema, value);
  const shown = properties.filter(
    (property) => property.schema['x-widget'] !== 'hidden' && isShown(property.schema, value, properties),
  );
  const field = (property: Property) => {
    const place = `${pointer}/${property.name}`;
    return {
      property,
      place,
      beside: value,
      value: value[property.name],
      onChange: (next: Json | undefined) =>
        onChange(next === undefined ? without(value, property.name) : { ...value, [property.name]: next }, place),
    };
  };
  return (
    <div className="form">
      {shown.filter((property) => !property.advanced).map((property) => (
        <Field key={property.name} {...field(property)} />
      ))}
      {shown.filter((property) => property.advanced).map((property) => (
        <Folded key={property.name} {...field(property)} />
      ))}
    </div>
  );
}

type FieldOf = {
  property: Property;
  place: string;
  beside: JsonObject;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
};

function Field({ property, place, beside, value, onChange, bare = false }: FieldOf & { bare?: boolean }) {
  const { types, language, errors, warnings, focus, readOnly } = useForm();
  const { schema, required } = property;
  const Widget = widgetFor(types, schema);
  const box = useRef<HTMLDivElement>(null);
  const deep = !drawsOwnErrors(types, schema);
  const warning = warnings === undefined ? null : errorAt(warnings, place, deep || !hasForms(types, schema));
  const isAsked = focus !== null && (focus === place || (deep && focus.startsWith(`${place}/`)));

  useEffect(() => {
    if (!isAsked) return;
    const first = box.current?.querySelector('input, textarea, [contenteditable], button');
    if (first instanceof HTMLElement) first.focus();
  }, [isAsked]);

  return (
    <div ref={box} className={`field ${isHalf(types, schema) ? 'is-half' : ''} ${bare ? 'is-bare' : ''}`}>
      <Widget
        schema={schema}
        value={value}
        onChange={onChange}
        beside={beside}
        pointer={place}
        label={titleOf(schema, language)}
        hint={said(schema, 'description', language)}
        required={required}
        error={errorAt(errors, place, deep)}
        disabled={readOnly}
      />
      {warning !== null && <FieldWarning text={warning} />}
    </div>
  );
}

function Folded(props: FieldOf) {
  const { types, language, errors, warnings, focus, document } = useForm();
  const { t } = useTranslation('builder');
  const { schema } = props.property;
  const isNamed = [errors, warnings ?? errors].some((found) => errorAt(found, props.place, true) !== null);
  const isWanted = isNamed || focus?.startsWith(props.place) === true;
  const [open, setOpen] = useState(false);
  const isOpen = open || isWanted;
  const value = props.value ?? inheritedOf(document, types, schema);
  const shown = inWords(types, props.beside, schema, value, language, { yes: t('form.yes'), no: t('form.no'), none: t('form.none') });
  return (
    <div className="folded">
      <button type="button" className="folded-head" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <IconChevronRight size={14} className={isOpen ? 'is-open' : ''} />
        <b>{titleOf(schema, language)}</b>
        <span className="muted ell">{shown}</span>
      </button>
      {isOpen && <Field {...props} bare={schema['x-widget'] !== 'switch'} />}
    </div>
  );
}

type Words = { yes: string; no: string; none: string };

function inWords(types: NodeTypes, beside: JsonObject, schema: Schema, value: Json | undefined, language: Language, words: Words): string {
  if (value === undefined || value === null || value === '') return words.none;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (Array.isArray(value)) return value.length === 0 ? words.none : String(value.length);
  if (isObject(value)) return Object.keys(value).length === 0 ? words.none : summary(types, schema, value, language);
  const reference = textOf(schema['x-ref']);
  if (reference !== '' && reference !== 'node') return nameOfThing(types, reference, String(value), textOf(beside[textOf(schema['x-within'])]));
  const unit = textOf(schema['x-unit']);
  return choicesOf(schema, language).find((each) => each.value === value)?.title ?? `${String(value)} ${unit}`.trim();
}

/** An object by its duration, or by the event that it is about. */
function summary(types: NodeTypes, schema: Schema, value: JsonObject, language: Language): string {
  if (schema['x-widget'] === 'duration') return durationIn(value, language);
  return eventsOf(types, language).find((event) => event.id === value['event'])?.title ?? '…';
}
