// The node types as their schemas tell them: titles by language, properties, defaults, catalogues of operands and operators.
import { at, equal, isObject, listOf, objectOf, textOf, textsOf, without, type Json, type JsonObject } from './json';

export type Language = 'pt-BR' | 'en';
export type Schema = JsonObject;
export type Tile = 'round' | 'square' | 'diamond';
/** A thing of the account as documents name it, with what its kind adds (a field its type, a stage its pipeline). */
export type Thing = { slug: string; name: string; [more: string]: Json };
/** Whether it is only another name of a thing. */
export function isAlias(thing: Thing): boolean {
  return typeof thing['alias_of'] === 'string';
}

/** By kind, as `x-ref` has it. */
export type Things = Record<string, Thing[]>;
export type NodeTypes = {
  groups: Schema[];
  types: Record<string, Schema>;
  flow: Schema;
  definitions: Schema;
  /** What the account has of what documents may name; absent while that is not known. */
  things?: Things;
};
export type Property = { name: string; schema: Schema; required: boolean; advanced: boolean };
export type Choice = { value: string; title: string };

/** A text of the schema in the user's language: translated where there is one, else the English beside it. */
export function said(schema: Schema, what: string, language: Language): string {
  const translated = textOf(at(schema, ['x-i18n', language, what]));
  return translated !== '' ? translated : textOf(schema[what]);
}

/** A sentence as an example, in the user's language only: the examples beside the English texts are Portuguese, as the flows are. */
export function sentenceOf(schema: Schema, language: Language): string {
  const [translated] = textsOf(at(schema, ['x-i18n', language, 'examples']));
  return translated ?? (language === 'pt-BR' ? (textsOf(schema['examples'])[0] ?? '') : '');
}

/** What a field might hold: in the user's language where it was said, else as the flows have it. */
export function exampleOf(schema: Schema, language: Language): string | undefined {
  return textsOf(at(schema, ['x-i18n', language, 'examples']))[0] ?? textsOf(schema['examples'])[0];
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

/** The step that a node with these params goes on at without a wire; empty: none. */
export function jumpOf(schema: Schema | undefined, params: JsonObject): string {
  return textsOf(schema?.['x-does']).includes('jumps') ? textOf(params['node']) : '';
}

export function tileOf(schema: Schema | undefined): Tile {
  const tile = schema?.['x-tile'];
  return tile === 'round' || tile === 'diamond' ? tile : 'square';
}

/** Schemas are never changed, and a large flow asks for the same ones thousands of times. */
const resolved = new WeakMap<Schema, WeakMap<Schema, Schema>>();

/** Follow `$ref` into the shared definitions; what stands beside it wins. */
export function resolve(types: NodeTypes, schema: Schema): Schema {
  const reference = textOf(schema['$ref']);
  if (reference === '') return schema;
  const known = resolved.get(types.definitions) ?? new WeakMap<Schema, Schema>();
  resolved.set(types.definitions, known);
  const whole = known.get(schema) ?? followed(types, schema, reference);
  known.set(schema, whole);
  return whole;
}

function followed(types: NodeTypes, schema: Schema, reference: string): Schema {
  const name = reference.split('/').at(-1) ?? '';
  const found = objectOf(at(types.definitions, ['$defs', name]) ?? at(types.flow, ['$defs', name]));
  const { $ref: _, ...beside } = schema;
  const whole = beside['title'] === undefined ? found : withoutDescription(found);
  return { ...resolve(types, whole), ...beside, ...mergeTranslations(whole, beside) };
}

/** What a definition says of itself is not about a property that has a title of its own. */
function withoutDescription(found: Schema): Schema {
  const translations = Object.entries(objectOf(found['x-i18n'])).map(([language, texts]) => [language, without(objectOf(texts), 'description')]);
  return { ...without(found, 'description'), 'x-i18n': Object.fromEntries(translations) };
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

/** The properties; given their values, also what `if` … `then` adds for these: required ones, fewer choices. */
export function propertiesOf(types: NodeTypes, schema: Schema, values?: JsonObject): Property[] {
  const rules = values === undefined ? [] : rulesFor(schema, values);
  const required = [schema, ...rules].flatMap((rule) => textsOf(rule['required']));
  return Object.entries(objectOf(schema['properties'])).flatMap(([name, value]) => {
    if (!isObject(value)) return [];
    const narrower = rules.map((rule) => objectOf(objectOf(rule['properties'])[name]));
    const property: Schema = Object.assign({}, resolve(types, value), ...narrower);
    return [{ name, schema: property, required: required.includes(name), advanced: property['x-advanced'] === true }];
  });
}

/** The `then`s (and `else`s) that hold for these values. */
function rulesFor(schema: Schema, values: JsonObject): Schema[] {
  const all = [schema, ...listOf(schema['allOf']).filter(isObject)];
  return all.flatMap((rule) => (isObject(rule['if']) ? [objectOf(rule[holds(rule['if'], values) ? 'then' : 'else'])] : []));
}

/** JSON Schema, as far as the schemas' conditions go: `properties` with const or enum, `required`. Anything else does not hold. */
function holds(condition: Schema, values: JsonObject): boolean {
  if (Object.keys(condition).some((key) => key !== 'properties' && key !== 'required')) return false;
  return (
    textsOf(condition['required']).every((name) => values[name] !== undefined) &&
    Object.entries(objectOf(condition['properties'])).every(([name, test]) => {
      const value = values[name];
      if (value === undefined || !isObject(test)) return true;
      if (test['const'] !== undefined) return equal(test['const'], value);
      return test['enum'] !== undefined && listOf(test['enum']).some((each) => equal(each, value));
    })
  );
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

/** The params a new node starts with, in the language of its flow: the defaults of what is required, empty lists and texts otherwise left out. */
export function startingParams(types: NodeTypes, type: string, language = 'pt-BR'): JsonObject {
  const schema = types.types[type] ?? {};
  return Object.fromEntries(
    propertiesOf(types, schema).flatMap(({ name, schema: property, required }) => {
      const first = at(property, ['x-i18n', language, 'default']) ?? property['default'];
      if (first !== undefined && required) return [[name, first]];
      return required && property['type'] === 'string' ? [[name, '']] : [];
    }),
  );
}

/** Whether nodes of this type may stand in flows of this kind (`x-kinds`; absent: all). */
export function fitsKind(schema: Schema | undefined, kind: string): boolean {
  const kinds = schema?.['x-kinds'];
  return kinds === undefined || textsOf(kinds).includes(kind);
}

/** An event of the catalogue: which kinds of flow it starts, whether one can wait for it, what comes with it. */
export type EventOf = { id: string; title: string; kinds: string[]; awaited: boolean; data: Choice[] };

export function eventsOf(types: NodeTypes, language: Language): EventOf[] {
  return listOf(types.definitions['x-events']).filter(isObject).map((each) => ({
    id: textOf(each['id']),
    title: titleOf(each, language),
    kinds: textsOf(each['kinds']),
    awaited: each['awaited'] === true,
    data: listOf(each['data']).filter(isObject).map((part) => ({ value: textOf(part['id']), title: titleOf(part, language) })),
  }));
}

/** A filter of templates; `call` is how it is written behind the `|`, `shows` what its example becomes. */
export type Filter = { id: string; title: string; group: string; call: string; shows: string };

export function filtersOf(types: NodeTypes, language: Language): Filter[] {
  return listOf(types.definitions['x-filters']).filter(isObject).map((each) => {
    const id = textOf(each['id']);
    const call = new RegExp(`\\|\\s*(${id}(\\([^)]*\\))?)`).exec(textOf(each['example']));
    return {
      id,
      title: titleOf(each, language),
      group: textOf(each['group']),
      call: call?.[1] ?? id,
      shows: textOf(at(each, ['shows', language])),
    };
  });
}

/** `inText` is how the operand is written in a template; empty: not at all. `about` is the catalogue's own entry. */
export type Operand = { id: string; title: string; type: string; reference: string; inText: string; about: Schema };
export type Operator = { id: string; title: string; right: string; types: string[]; history: boolean };

export function operandsOf(types: NodeTypes, language: Language): Operand[] {
  return listOf(types.definitions['x-operands']).filter(isObject).map((each) => ({
    id: textOf(each['id']),
    title: titleOf(each, language),
    type: textOf(each['type']),
    reference: textOf(each['x-ref']),
    inText: textOf(each['x-in-text']),
    about: each,
  }));
}

export function operatorsOf(types: NodeTypes, language: Language): Operator[] {
  return listOf(types.definitions['x-operators']).filter(isObject).map((each) => ({
    id: textOf(each['id']),
    title: titleOf(each, language),
    right: textOf(each['right']),
    types: textsOf(each['types']),
    history: each['history'] === true,
  }));
}

/** What the card says of an open port whose schema says no more. */
export function unwiredWord(types: NodeTypes, unwired: string, language: Language): string {
  const word = listOf(types.definitions['x-unwired']).filter(isObject).find((each) => each['id'] === unwired);
  return word === undefined ? '' : titleOf(word, language);
}

/** What a flow of this kind counts with where its settings are empty. */
export function settingDefault(types: NodeTypes, kind: string, name: string): Json | undefined {
  const settings = resolve(types, objectOf(at(types.flow, ['$defs', `${kind}_settings`])));
  return propertiesOf(types, settings).find((property) => property.name === name)?.schema['default'];
}

export function numberAt(schema: Schema, key: string): number | undefined {
  const value: Json | undefined = schema[key];
  return typeof value === 'number' ? value : undefined;
}

/** What a thing of the account is called; by its slug where that is not known. A stage is found within its pipeline. */
export function nameOfThing(types: NodeTypes, kind: string, slug: string, within = ''): string {
  const key = kind === 'stage' && within !== '' ? `${within}/${slug}` : slug;
  return types.things?.[kind]?.find((each) => each.slug === key)?.name ?? slug;
}
