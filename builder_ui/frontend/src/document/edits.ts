// What an author does in one go, as one change: append, insert on a wire, delete and heal, set params, paste.
import type { Change } from './changes';
import type { Clip } from './clipboard';
import { nodeById, noteId, type Edge, type FlowDocument, type FlowNode, type Position } from './flow';
import { withFrame } from './frames';
import type { JsonObject } from './json';
import { portIds } from './ports';
import { startingParams, type NodeTypes } from './schema';

/** A new node of a type, with an id no other has. */
export function newNode(document: FlowDocument, types: NodeTypes, type: string, position: Position): FlowNode {
  return { id: freeId(document, type), type, params: startingParams(types, type, document.language), position };
}

export function freeId(document: FlowDocument, wanted: string, taken: ReadonlySet<string> = new Set()): string {
  const used = new Set([...document.nodes.map((node) => node.id), ...taken]);
  const base = wanted.replace(/_\d+$/, '');
  if (!used.has(wanted)) return wanted;
  let number = 2;
  while (used.has(`${base}_${String(number)}`)) number += 1;
  return `${base}_${String(number)}`;
}

/** Insert a node, wired from a port, and on to where that port led (if it has a way on itself). */
export function append(
  document: FlowDocument,
  types: NodeTypes,
  node: FlowNode,
  from: { source: string; port: string } | null,
): Change {
  const insert: Change = { kind: 'insert', nodes: [{ item: node }], edges: [] };
  if (from === null) return insert;
  const before = document.edges.find((edge) => edge.source === from.source && edge.port === from.port);
  const out = firstPort(types, node);
  const changes: Change[] = [insert, { kind: 'wire', ...from, target: node.id }];
  if (before !== undefined && out !== undefined) {
    changes.push({ kind: 'wire', source: node.id, port: out, target: before.target });
    const around = (document.frames ?? []).find((frame) => frame.nodes.includes(from.source) && frame.nodes.includes(before.target));
    if (around !== undefined) changes.push(withFrame(document, { ...around, nodes: [...around.nodes, node.id] }));
  }
  return { kind: 'all', changes };
}

/** The first port of a node, which a new wire takes. */
export function firstPort(types: NodeTypes, node: FlowNode): string | undefined {
  return portIds(types.types[node.type] ?? {}, node.params)[0];
}

/** The first open port, for appending after a node. */
export function openPort(document: FlowDocument, types: NodeTypes, node: FlowNode): string | undefined {
  const wired = new Set(document.edges.filter((edge) => edge.source === node.id).map((edge) => edge.port));
  return portIds(types.types[node.type] ?? {}, node.params).find((port) => !wired.has(port));
}

/** Delete nodes; a wire that came in goes on to where the single way out led. */
export function remove(document: FlowDocument, ids: readonly string[]): Change {
  const gone = new Set(ids);
  const heals = document.edges
    .filter((edge) => gone.has(edge.target) && !gone.has(edge.source))
    .flatMap((edge): Change[] => {
      const target = through(document, edge.target, gone);
      return target === null ? [] : [{ kind: 'wire', source: edge.source, port: edge.port, target }];
    });
  return { kind: 'all', changes: [{ kind: 'removeNodes', ids: [...ids] }, ...heals] };
}

/** Where a removed node led by its one way out, past other removed ones; null if it had none or several. */
function through(document: FlowDocument, id: string, gone: ReadonlySet<string>): string | null {
  const seen = new Set<string>();
  let here = id;
  while (gone.has(here)) {
    if (seen.has(here)) return null;
    seen.add(here);
    const outs = document.edges.filter((edge) => edge.source === here);
    const only = outs[0];
    if (only === undefined || outs.length !== 1) return null;
    here = only.target;
  }
  return here;
}

/** Set a node's params and cut the wires of ports that are no more. */
export function setParams(document: FlowDocument, types: NodeTypes, id: string, params: JsonObject): Change {
  const set: Change = { kind: 'setParams', id, params };
  const node = nodeById(document, id);
  const schema = node === undefined ? undefined : types.types[node.type];
  if (schema === undefined) return set;
  const ports = new Set(portIds(schema, params));
  const loose = document.edges.filter((edge) => edge.source === id && !ports.has(edge.port));
  if (loose.length === 0) return set;
  return { kind: 'all', changes: [set, ...loose.map(({ source, port }): Change => ({ kind: 'wire', source, port, target: null }))] };
}

/** Insert copies of what was cut out, under new ids, moved by an offset; `ids` are the copied steps and notes as drawn. */
export function insertCopies(document: FlowDocument, clip: Clip, offset: Position): { change: Change; ids: string[] } {
  const moved = ({ x, y }: Position): Position => ({ x: x + offset.x, y: y + offset.y });
  const ids = new Map<string, string>();
  for (const node of clip.nodes) ids.set(node.id, freeId(document, node.id, new Set(ids.values())));
  const copies = clip.nodes.map((node): FlowNode => ({
    ...node,
    id: ids.get(node.id) ?? node.id,
    params: renamed(node.params, ids),
    position: moved(node.position ?? { x: 0, y: 0 }),
  }));
  const wires = clip.edges.flatMap((edge): Edge[] => {
    const source = ids.get(edge.source);
    const target = ids.get(edge.target);
    return source === undefined || target === undefined ? [] : [{ source, port: edge.port, target }];
  });
  const insert: Change = { kind: 'insert', nodes: copies.map((item) => ({ item })), edges: wires.map((item) => ({ item })) };
  const notes = numbered('n', clip.notes, document.notes ?? []).map((note) => ({ ...note, position: moved(note.position) }));
  const frames = numbered('f', clip.frames, document.frames ?? []).map((frame) => ({
    ...frame,
    nodes: frame.nodes.flatMap((id) => ids.get(id) ?? []),
  }));
  const changes: Change[] = [insert, ...notes.map((note): Change => ({ kind: 'putNote', note }))];
  if (frames.length > 0) changes.push({ kind: 'setFrames', frames: [...(document.frames ?? []), ...frames] });
  return { change: { kind: 'all', changes }, ids: [...ids.values(), ...notes.map((note) => noteId(note.id))] };
}

/** The same things under the next free numbers. */
function numbered<T extends { id: string }>(letter: string, things: readonly T[], others: readonly { id: string }[]): T[] {
  const taken = new Set(others.map((other) => other.id));
  let number = 0;
  return things.map((thing) => {
    do number += 1;
    while (taken.has(`${letter}${String(number)}`));
    return { ...thing, id: `${letter}${String(number)}` };
  });
}

/** References to the copied nodes' answers follow them to their new ids. */
function renamed(params: JsonObject, ids: ReadonlyMap<string, string>): JsonObject {
  const changed = [...ids].filter(([before, after]) => before !== after);
  if (changed.length === 0) return params;
  const text = changed.reduce(
    (here, [before, after]) => here.replace(new RegExp(`\\banswers\\.${before}\\b`, 'g'), `answers.${after}`),
    JSON.stringify(params),
  );
  const copy: JsonObject = JSON.parse(text);
  return copy;
}
