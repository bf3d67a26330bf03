// The form of a contact: its details, and the account's own fields by their types.
import { isObject, listOf, textOf, type JsonObject } from '../document/json';
import { isAlias, type Schema, type Thing } from '../document/schema';
import { form, oneOf, prop, text, whole } from '../settings/describe';

export const DETAILS: Schema = form(
  {
    name: prop(['Nome', 'Name'], text({ maxLength: 1000 })),
    email: prop(['E-mail', 'E-mail'], text({ maxLength: 1000 })),
    phone: prop(['Telefone', 'Phone'], text({ maxLength: 1000, examples: ['+5511987654321'] })),
    score: prop(['Pontuação', 'Score'], whole()),
    language: prop(['Idioma', 'Language'], { ...oneOf({ 'pt-BR': ['Português', 'Portuguese'], en: ['Inglês', 'English'] }), 'x-advanced': true }),
    timezone: prop(['Fuso horário', 'Time zone'], text({ 'x-widget': 'timezone', 'x-advanced': true })),
  },
  [],
);

const WIDGETS: Record<string, Schema> = {
  text: text(),
  long_text: { type: 'string', 'x-widget': 'textarea' },
  number: { type: 'number', 'x-widget': 'number' },
  integer: { type: 'integer', 'x-widget': 'number' },
  money: { type: 'number', 'x-widget': 'number' },
  date: text({ 'x-widget': 'date' }),
  date_time: text({ 'x-widget': 'moment' }),
  time: text({ 'x-widget': 'time' }),
  yes_no: { 'x-widget': 'value', type: 'boolean' },
  user: { type: 'string', 'x-ref': 'user', 'x-widget': 'ref' },
  url: text({ maxLength: 2000 }),
};

/** One property a field; a choice by its titles. */
export function schemaOfFields(fields: readonly Thing[]): Schema {
  return form(
    Object.fromEntries(fields.filter((field) => !isAlias(field)).map((field) => [field.slug, prop([field.name, field.name], ofField(field))])),
    [],
  );
}

function ofField(field: Thing): Schema {
  const type = textOf(field['type']);
  const choices = listOf(field['choices']).filter(isObject);
  const titles = oneOf(Object.fromEntries(choices.map((each) => [textOf(each['slug']), [textOf(each['name']), textOf(each['name'])]])));
  if (type === 'choice') return { ...titles, 'x-widget': 'pick' };
  if (type === 'choices') return { type: 'array', 'x-widget': 'choices', items: titles };
  return WIDGETS[type] ?? text();
}

/** What is different, as the server takes it: null clears. */
export function differing(before: JsonObject, after: JsonObject): JsonObject {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.fromEntries(
    [...names].filter((name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null)).map((name) => [name, after[name] ?? null]),
  );
}
