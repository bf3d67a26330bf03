// A thing of the account as its screen knows it: where it is asked for, what its form holds, what its list shows.
import type { TablerIcon } from '@tabler/icons-react';
import { api } from '../api';
import { equal, isObject, objectOf, textOf, type Json, type JsonObject } from '../document/json';
import type { Schema } from '../document/schema';
import type { Act } from '../may';

export type Gone = { slug: string; name: string };
/** Asks which of those that stay takes the place of each that goes; null: the author thought better of it. */
export type AskSuccessors = (gone: Gone[], staying: Gone[]) => Promise<Record<string, string> | null>;

export type Resource = {
  /** Its part of the address, and of the catalogue of texts. */
  id: string;
  icon: TablerIcon;
  path: string;
  /** The key of the list in the answer. */
  list: string;
  /** The property that is its slug. */
  key: string;
  /** What flows call it (`x-ref`); null where none does. */
  kind: string | ((thing: JsonObject) => string) | null;
  /** Who may change it; null: nobody, here. */
  edit: Act | null;
  /** Neither added nor removed on this screen. */
  stays?: boolean;
  /** Flows answer on it: who does has a pane of its own. */
  answers?: boolean;
  schema: Schema;
  /** Properties that are given once. */
  fixed: string[];
  columns: string[];
  /** What the list shows beside the form's properties. */
  shown?: Record<string, Schema>;
  /** What a new one begins with. */
  start?: JsonObject;
  /** Behind the address of one. */
  query?: (thing: JsonObject) => string;
  /** All of one, where the list has less. */
  read?: (thing: JsonObject) => Promise<JsonObject>;
  save?: (value: JsonObject, before: JsonObject | null, ask: AskSuccessors) => Promise<JsonObject>;
  remove?: (thing: JsonObject, successor: string | null) => Promise<void>;
  /** The value made whole after each change. */
  tidy?: (value: JsonObject) => JsonObject;
  /** Operands that its conditions may look at. */
  looksAt?: (operand: string) => boolean;
};

export function keyOf(resource: Resource, thing: JsonObject): string {
  return textOf(thing[resource.key]);
}

/** What tells it from all others of its list: fields of contacts and of deals may share a slug. */
export function idOf(resource: Resource, thing: JsonObject): string {
  return keyOf(resource, thing) + (resource.query?.(thing) ?? '');
}

export function kindOf(resource: Resource, thing: JsonObject): string | null {
  return typeof resource.kind === 'function' ? resource.kind(thing) : resource.kind;
}

export function nameOf(resource: Resource, thing: JsonObject): string {
  return textOf(thing['name']) || keyOf(resource, thing);
}

export function addressOf(resource: Resource, thing: JsonObject): string {
  return `${resource.path}/${encodeURIComponent(keyOf(resource, thing))}`;
}

export async function saveThing(resource: Resource, value: JsonObject, before: JsonObject | null, ask: AskSuccessors): Promise<JsonObject> {
  if (resource.save !== undefined) return resource.save(value, before, ask);
  if (before === null) return api.post<JsonObject>(resource.path, filled(value));
  const query = resource.query?.(before) ?? '';
  return api.patch<JsonObject>(addressOf(resource, before) + query, changed(resource.schema, before, value, resource.fixed));
}

export async function removeThing(resource: Resource, thing: JsonObject, successor: string | null): Promise<void> {
  if (resource.remove !== undefined) return resource.remove(thing, successor);
  const query = resource.query?.(thing) ?? '';
  const more = successor === null ? '' : `${query === '' ? '?' : '&'}successor=${encodeURIComponent(successor)}`;
  await api.delete<void>(addressOf(resource, thing) + query + more);
}

/** What was filled in. */
export function filled(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== '' && each !== null));
}

/** What is different; what was emptied as its type writes that: nothing chosen is null, no text is "". */
export function changed(schema: Schema, before: JsonObject, after: JsonObject, fixed: readonly string[] = []): JsonObject {
  const properties = objectOf(schema['properties']);
  const names = Object.keys(properties).filter((name) => !fixed.includes(name) && !equal(before[name], after[name]));
  return Object.fromEntries(names.map((name) => [name, after[name] ?? nothing(objectOf(properties[name]))]));
}

function nothing(schema: Schema): Json {
  if (schema['x-ref'] !== undefined && schema['type'] === 'string') return null;
  switch (schema['type']) {
    case 'array':
      return [];
    case 'object':
      return {};
    case 'boolean':
      return false;
    default:
      return schema['type'] === 'string' ? '' : null;
  }
}

/** The part of a thing that its form edits; what is null or empty there is simply not filled in. */
export function editable(resource: Resource, thing: JsonObject): JsonObject {
  const names = Object.keys(objectOf(resource.schema['properties']));
  const value = Object.fromEntries(names.flatMap((name) => (isFilled(thing[name]) ? [[name, thing[name]]] : [])));
  return isObject(value) ? value : {};
}

function isFilled(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== '';
}
