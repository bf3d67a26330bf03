// A document as bytes in one way only, the same as the server's: keys as a person reads them, two spaces, a line at the end.
import type { Edge, FlowDocument } from './flow';
import { isObject, type Json } from './json';

const READING_ORDER = [
  ...['format', 'format_version', 'kind', 'key', 'name', 'description', 'language', 'settings', 'variables'],
  ...['nodes', 'edges', 'notes', 'frames'],
  ...['id', 'type', 'label', 'params', 'position', 'source', 'port', 'target'],
];
const ranks = new Map(READING_ORDER.map((key, place) => [key, place]));

export function canonical(document: FlowDocument): string {
  const places = new Map(document.nodes.map((node, place) => [node.id, place]));
  const place = (edge: Edge) => places.get(edge.source) ?? places.size;
  const edges = document.edges.toSorted(
    (one, other) => place(one) - place(other) || compared(one.port, other.port) || compared(one.target, other.target),
  );
  const value: Json = JSON.parse(JSON.stringify({ ...document, edges }));
  return `${JSON.stringify(ordered(value, false), null, 2)}\n`;
}

/** Inside parameters and settings keys stand by name, elsewhere as a person reads them. */
function ordered(value: Json, inParams: boolean): Json {
  if (Array.isArray(value)) return value.map((each) => ordered(each, inParams));
  if (!isObject(value)) return value;
  const rank = (key: string) => (inParams ? 0 : (ranks.get(key) ?? READING_ORDER.length));
  const keys = Object.keys(value).sort((one, other) => rank(one) - rank(other) || compared(one, other));
  return Object.fromEntries(keys.map((key) => [key, ordered(value[key] ?? null, inParams || key === 'params' || key === 'settings')]));
}

function compared(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
