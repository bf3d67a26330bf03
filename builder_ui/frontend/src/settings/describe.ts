// Schemas of forms written down in both languages: what SchemaForm draws, as the node types' schemas have it.
import { objectOf, type JsonObject } from '../document/json';
import type { Schema } from '../document/schema';

/** In Portuguese, in English. */
export type Said = readonly [pt: string, en: string];

/** A property: its title, what it holds, and a hint below it. */
export function prop([pt, en]: Said, schema: Schema, hint?: Said): Schema {
  const before = objectOf(objectOf(schema['x-i18n'])['pt-BR']);
  const own: JsonObject = hint === undefined ? { title: pt } : { title: pt, description: hint[0] };
  return {
    ...schema,
    title: en,
    ...(hint === undefined ? {} : { description: hint[1] }),
    'x-i18n': { ...objectOf(schema['x-i18n']), 'pt-BR': { ...before, ...own } },
  };
}

/** What a field might hold. */
export const like = (pt: string, en: string): Schema => ({ examples: [pt], 'x-i18n': { en: { examples: [en] } } });

/** One of a few values, each with its title. */
export function oneOf(values: Record<string, Said>): Schema {
  const titles = (place: 0 | 1) => Object.fromEntries(Object.entries(values).map(([value, said]) => [value, said[place]]));
  return { type: 'string', enum: Object.keys(values), 'x-enum': titles(1), 'x-i18n': { 'pt-BR': { enum: titles(0) } }, 'x-widget': 'select' };
}

export function form(properties: Record<string, Schema>, required: string[]): Schema {
  return { type: 'object', properties, required };
}

export const text = (more: Schema = {}): Schema => ({ type: 'string', 'x-widget': 'text', ...more });
export const lines = (more: Schema = {}): Schema => ({ type: 'string', 'x-widget': 'textarea', ...more });
export const flag = (more: Schema = {}): Schema => ({ type: 'boolean', default: false, 'x-widget': 'switch', ...more });
export const whole = (more: Schema = {}): Schema => ({ type: 'integer', 'x-widget': 'number', ...more });
export const ref = (kind: string, more: Schema = {}): Schema => ({ type: 'string', 'x-ref': kind, 'x-widget': 'ref', ...more });
export const refs = (kind: string, more: Schema = {}): Schema => ({ type: 'array', 'x-ref': kind, 'x-widget': 'refs', items: { type: 'string' }, ...more });
export const rows = (item: Schema, more: Schema = {}): Schema => ({ type: 'array', 'x-widget': 'parts', items: item, ...more });
export const when = (values: JsonObject): Schema => ({ 'x-show-if': values });

export const NAME: Schema = prop(['Nome', 'Name'], text({ maxLength: 200 }));
export const DESCRIPTION: Schema = prop(['Descrição', 'Description'], lines({ maxLength: 2000 }));
export const SLUG: Schema = prop(['Identificador', 'Identifier'], text({ maxLength: 64, 'x-advanced': true }), [
  'Como os fluxos o chamam; vazio: feito a partir do nome. Não muda depois.',
  'How flows call it; empty: made from the name. It never changes.',
]);
