// The node types as their schemas tell them: titles by language, properties, defaults, catalogues of operands and operators.
import { at, equal, isObject, listOf, objectOf, textOf, textsOf, type Json, type JsonObject } from './json';

export type Language = 'pt-BR' | 'en';
export type Schema = JsonObject;
export type Tile = 'round' | 'square' | 'diamond';
export type NodeTypes = {
  groups: Schema[];
  types: Record<string, Schema>;
  flow: Schema;
  definitions: Schema;
};
export type Property = { name: string; schema: Schema; required: boolean; advanced: boolean };
export type Choice = { value: string; title: string };

/** A text of the schema in the user's language: translated where there is one, else the English beside it. */
export function said(schema: Schema, what: string, language: Language): string {
  const translated = textOf(at(schema, ['x-i18n', language, what]));
  return translated !== '' ? translated : textOf(schema[what]);
}

export function titleOf(schema: Schema, language: Language): string {
  return said(schema, 'title', language);
}

export function groupOf(schema: Schema | undefined): string {
  return textOf(schema?.['x-group']) || 'start';
}

export function groupTitle(types: NodeTypes, id: string, language: Language): string {
  const group = types.groups.find((each) => each['id'] === id);
  return group === undefined ? id : titleOf(group, language);
}

/** Whether a wire may enter nodes of this type. */
export function mayEnter(schema: Schema | undefined): boolean {
  return schema?.['x-entry'] !== false;
}

export function tileOf(schema: Schema | undefined): Tile {
  const tile = schema?.['x-tile'];
  return tile === 'round' || tile === 'diamond' ? tile : 'square';
}

/** Follow `$ref` into the shared definitions; what stands beside it wins. */
export function resolve(types: NodeTypes, schema: Schema): Schema {
  const reference = textOf(schema['$ref']);
  if (reference === '') return schema;
  const name = reference.split('/').at(-1) ?? '';
  const found = objectOf(at(types.definitions, ['$defs', name]) ?? at(types.flow, ['$defs', name]));
  const { $ref: _, ...beside } = schema;
  const translations = mergeTranslations(found, beside);
  return { ...resolve(types, found), ...beside, ...translations };
}

function mergeTranslations(found: Schema, beside: Schema): Schema {
  const one = objectOf(found['x-i18n']);
  const other = objectOf(beside['x-i18n']);
  const languages = new Set([...Object.keys(one), ...Object.keys(other)]);
  if (languages.size === 0) return {};
  return {
    'x-i18n': Object.fromEntries([...languages].map((each) => [each, { ...objectOf(one[each]), ...objectOf(other[each]) }])),
  };
}

export function propertiesOf(types: NodeTypes, schema: Schema): Property[] {
  const required = textsOf(schema['required']);
  return Object.entries(objectOf(schema['properties'])).flatMap(([name, value]) => {
    if (!isObject(value)) return [];
    const property = resolve(types, value);
    return [{ name, schema: property, required: required.includes(name), advanced: property['x-advanced'] === true }];
  });
}

/** Whether the property counts, given the values beside it (`x-show-if`). */
export function isShown(schema: Schema, values: JsonObject, properties: Property[]): boolean {
  const terms = objectOf(schema['x-show-if']);
  return Object.entries(terms).every(([path, wanted]) => {
    const keys = path.split('.');
    const first = properties.find((property) => property.name === keys[0]);
    const value = at(values, keys) ?? at({ [keys[0] ?? '']: first?.schema['default'] ?? null }, keys);
    return Array.isArray(wanted) ? wanted.some((each) => equal(each, value)) : equal(wanted, value);
  });
}

export function choicesOf(schema: Schema, language: Language): Choice[] {
  const translated = objectOf(at(schema, ['x-i18n', language, 'enum']));
  const english = objectOf(schema['x-enum']);
  return textsOf(schema['enum']).map((value) => ({
    value,
    title: textOf(translated[value]) || textOf(english[value]) || value,
  }));
}

/** The params a new node starts with: the defaults of what is required, empty lists and texts otherwise left out. */
export function startingParams(types: NodeTypes, type: string): JsonObject {
  const schema = types.types[type] ?? {};
  return Object.fromEntries(
    propertiesOf(types, schema).flatMap(({ name, schema: property, required }) => {
      if (property['default'] !== undefined && required) return [[name, property['default']]];
      return required && property['type'] === 'string' ? [[name, '']] : [];
    }),
  );
}

/** `inText` is how the operand is written in a template; empty: not at all. */
export type Operand = { id: string; title: string; type: string; reference: string; inText: string };
export type Operator = { id: string; title: string; right: string; types: string[] };

export function operandsOf(types: NodeTypes, language: Language): Operand[] {
  return listOf(types.definitions['x-operands']).filter(isObject).map((each) => ({
    id: textOf(each['id']),
    title: titleOf(each, language),
    type: textOf(each['type']),
    reference: textOf(each['x-ref']),
    inText: textOf(each['x-in-text']),
  }));
}

export function operatorsOf(types: NodeTypes, language: Language): Operator[] {
  return listOf(types.definitions['x-operators']).filter(isObject).map((each) => ({
    id: textOf(each['id']),
    title: titleOf(each, language),
    right: textOf(each['right']),
    types: textsOf(each['types']),
  }));
}

/** What the card says of an open port whose schema says no more. */
export function unwiredWord(types: NodeTypes, unwired: string, language: Language): string {
  const word = listOf(types.definitions['x-unwired']).filter(isObject).find((each) => each['id'] === unwired);
  return word === undefined ? '' : titleOf(word, language);
}

export type Group = { id: string; title: string; icon: string; types: { type: string; schema: Schema }[] };

export function paletteOf(types: NodeTypes, language: Language): Group[] {
  return types.groups.map((group) => ({
    id: textOf(group['id']),
    title: titleOf(group, language),
    icon: textOf(group['icon']),
    types: Object.entries(types.types)
      .filter(([, schema]) => groupOf(schema) === group['id'])
      .map(([type, schema]) => ({ type, schema })),
  }));
}

export function numberAt(schema: Schema, key: string): number | undefined {
  const value: Json | undefined = schema[key];
  return typeof value === 'number' ? value : undefined;
}
