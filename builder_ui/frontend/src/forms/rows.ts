// Lists of objects: adding one that fits the schema, with an id no other has; moving, removing.
import { isObject, listOf, objectOf, textOf, textsOf, type Json, type JsonObject } from '../document/json';
import { eventsOf, propertiesOf, resolve, titleOf, type Language, type NodeTypes, type Property, type Schema } from '../document/schema';
import { named } from './widgets/variable';

export function rowsOf(value: Json | undefined): JsonObject[] {
  return listOf(value).filter(isObject);
}

export function itemSchema(types: NodeTypes, schema: Schema): Schema {
  return resolve(types, objectOf(schema['items']));
}

/** The property that names a row: the first plain text that must be there. */
export function titleProperty(properties: Property[]): Property | undefined {
  return properties.find((property) => property.required && property.schema['x-widget'] === 'text');
}

/** The property that is the row's id: hidden from the form, required, a text. */
export function idProperty(properties: Property[]): Property | undefined {
  return properties.find((property) => property.required && property.schema['x-widget'] === 'hidden');
}

/** A new row: what the schema starts lists with, titled after its number. */
export function newRow(types: NodeTypes, schema: Schema, rows: JsonObject[], language: Language, title: string): JsonObject {
  const item = itemSchema(types, schema);
  const properties = propertiesOf(types, item);
  const pattern = objectOf(listOf(schema['default'])[0]);
  const row: JsonObject = { ...pattern };
  for (const { name, schema: property, required } of properties) {
    if (row[name] !== undefined || !required) continue;
    row[name] = startOf(types, property);
  }
  const name = titleProperty(properties)?.name;
  const id = idProperty(properties)?.name;
  const words = name === undefined ? titleOf(item, language) : `${title} ${String(rows.length + 1)}`;
  if (name !== undefined) row[name] = words;
  if (id !== undefined) row[id] = freeRowId(rows, id, named(words) || 'item');
  return row;
}

/** What a required value begins with: its default, the first thing that could be meant, or nothing of its type. */
export function startOf(types: NodeTypes, schema: Schema): Json {
  if (schema['default'] !== undefined) return schema['default'];
  if (schema['x-widget'] === 'event') return eventsOf(types, 'en').find((event) => event.awaited)?.id ?? '';
  if (schema['type'] === 'array') return [];
  return schema['type'] === 'object' ? {} : (textsOf(schema['enum'])[0] ?? '');
}

function freeRowId(rows: JsonObject[], key: string, wanted: string): string {
  const used = new Set(rows.map((row) => textOf(row[key])));
  let id = wanted;
  for (let number = 2; used.has(id); number += 1) id = `${wanted}_${String(number)}`;
  return id;
}

export function movedRow(rows: JsonObject[], from: number, to: number): JsonObject[] {
  const row = rows[from];
  if (row === undefined || to < 0 || to >= rows.length) return rows;
  return rows.toSpliced(from, 1).toSpliced(to, 0, row);
}
