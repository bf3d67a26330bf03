// The form of a contact: its details, and the account's own fields by their types.
import { isObject, listOf, objectOf, textOf, type JsonObject } from '../document/json';
import { isAlias, type Schema, type Thing } from '../document/schema';
import { form, oneOf, prop, ref, text, whole } from '../settings/describe';

export const DETAILS: Schema = form(
  {
    name: prop(['Nome', 'Name'], text({ maxLength: 1000 })),
    email: prop(['E-mail', 'E-mail'], text({ maxLength: 1000 })),
    phone: prop(['Telefone', 'Phone'], text({ maxLength: 1000, examples: ['+5511987654321'] })),
    score: prop(['Pontuação', 'Score'], whole()),
    language: prop(['Idioma', 'Language'], { ...oneOf({ 'pt-BR': ['Português', 'Portuguese'], en: ['Inglês', 'English'], es: ['Espanhol', 'Spanish'] }), 'x-widget': 'pick' }),
    timezone: prop(['Fuso horário', 'Time zone'], text({ 'x-widget': 'timezone' })),
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
  yes_no: { ...oneOf({ true: ['Sim', 'Yes'], false: ['Não', 'No'] }), 'x-widget': 'pick' }, // the server reads the words
  user: ref('user'),
  url: text({ maxLength: 2000 }),
};

/** What a new contact is asked for: who it is, and what the account requires of everybody. */
export function schemaOfNew(fields: readonly Thing[]): { details: Schema; own: Schema } {
  const { name, phone, email } = objectOf(DETAILS['properties']);
  const asked = objectOf({ name: name ?? {}, phone: phone ?? {}, email: email ?? {} });
  return { details: { type: 'object', properties: asked, required: ['name'] }, own: schemaOfFields(fields.filter((field) => field['required'] === true)) };
}

/** As the form shows it: a yes or no as one of two words, nothing where nothing is known. */
export function shownIn(fields: JsonObject): JsonObject {
  const known = Object.entries(fields).filter(([, value]) => value !== null && value !== '');
  return Object.fromEntries(known.map(([slug, value]) => [slug, typeof value === 'boolean' ? String(value) : value]));
}

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
