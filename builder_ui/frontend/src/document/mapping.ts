// What an author clicks in an answer, as a path into it and the variable that keeps it.
import { isObject, textOf, type Json, type JsonObject } from './json';

/** Keys and places in lists, from the whole answer inwards. */
export type Way = readonly (string | number)[];
/** Which properties of a list's rows say what is kept, and how (`x-trial`). */
export type Keeping = { keep: string; path: string; name: string; type: string };

/** `x-trial` of a node type; null where its request cannot be tried. */
export function keepingOf(mark: Json | undefined): Keeping | null {
  if (!isObject(mark)) return null;
  return { keep: textOf(mark['keep']), path: textOf(mark['path']), name: textOf(mark['name']), type: textOf(mark['type']) };
}

/** The way as a path that flows read: `$.itens[0]['preço cheio']`. */
export function pathTo(way: Way): string {
  return `$${way.map((step) => (typeof step === 'number' ? `[${String(step)}]` : member(step))).join('')}`;
}

function member(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name) ? `.${name}` : `['${name.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']`;
}

/** A variable's name after the last word on the way, one that no other variable has. */
export function nameFor(way: Way, taken: readonly string[], otherwise: string): string {
  const words = way.filter((step) => typeof step === 'string').map(variable).filter((word) => word !== '');
  const last = words.at(-1) ?? otherwise;
  const longer = words.length > 1 ? `${words.at(-2) ?? ''}_${last}`.slice(0, 60) : last;
  const free = [last, longer].find((name) => !taken.includes(name));
  if (free !== undefined) return free;
  let number = 2;
  while (taken.includes(`${last}_${String(number)}`)) number += 1;
  return `${last}_${String(number)}`;
}

function variable(word: string): string {
  return word
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 60);
}

/** As what a value is kept; what fits no type is kept as it is. */
export function typeOf(value: Json): string {
  if (typeof value === 'boolean') return 'yes_no';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'string') return 'text';
  return Array.isArray(value) ? 'list' : 'any';
}

/** The rows with what the way leads to, or without it where it was kept already. */
export function toggled(rows: readonly JsonObject[], keeping: Keeping, way: Way, value: Json, taken: readonly string[], otherwise: string): JsonObject[] {
  const path = pathTo(way);
  const others = rows.filter((row) => row[keeping.path] !== path);
  if (others.length < rows.length) return others;
  return [...rows, { [keeping.path]: path, [keeping.name]: nameFor(way, taken, otherwise), [keeping.type]: typeOf(value) }];
}

/** Under which variable a path is kept. */
export function keptAs(rows: readonly JsonObject[], keeping: Keeping, path: string): string | null {
  const row = rows.find((each) => each[keeping.path] === path);
  return row === undefined ? null : textOf(row[keeping.name]);
}

const NAMED = /\b(?:vars|answers|contact\.fields)\.[A-Za-z_]\w*|\bcontact\.(?:name|email|phone)\b/g;

/** What texts within a value name that an example can say: `vars.pedido`, `answers.menu`, `contact.fields.cpf`. */
export function namedIn(value: Json | undefined): string[] {
  if (typeof value === 'string') {
    const codes = [...value.matchAll(/\{\{.*?\}\}|\{%.*?%\}/gs)].map(([code]) => code);
    return [...new Set(codes.flatMap((code) => code.match(NAMED) ?? []))];
  }
  const within = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  return [...new Set(within.flatMap(namedIn))];
}

/** Values by their names, sorted to where a try wants them. */
export function exampleOf(given: Readonly<Record<string, string>>): { known: JsonObject; answers: JsonObject; contact: JsonObject } {
  const example: { known: JsonObject; answers: JsonObject; contact: JsonObject } = { known: {}, answers: {}, contact: {} };
  const fields: JsonObject = {};
  for (const [name, typed] of Object.entries(given)) {
    if (typed === '') continue;
    const [first = '', ...rest] = name.split('.');
    const last = rest.at(-1) ?? '';
    if (first === 'vars') example.known[last] = meantBy(typed);
    else if (first === 'answers') example.answers[last] = meantBy(typed);
    else if (rest[0] === 'fields') fields[last] = meantBy(typed);
    else example.contact[last] = typed;
  }
  if (Object.keys(fields).length > 0) example.contact['fields'] = fields;
  return example;
}

/** What somebody typed for a value: JSON where it is a number, yes or no, a list or an object; else the text. */
export function meantBy(typed: string): Json {
  if (!/^\s*(-?\d+(\.\d+)?|true|false|\[[\s\S]*\]|\{[\s\S]*\})\s*$/.test(typed) || /^0\d/.test(typed.trim())) return typed;
  try {
    const value: Json = JSON.parse(typed);
    return typeof value === 'number' && !Number.isSafeInteger(value) && Number.isInteger(value) ? typed : value;
  } catch {
    return typed;
  }
}
