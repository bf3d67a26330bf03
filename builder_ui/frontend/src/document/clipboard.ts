// Nodes as text on the system's clipboard: within a flow, between flows, browsers and files.
import { frameId, noteId, type Edge, type FlowDocument, type FlowNode, type Frame, type Note, type Position } from './flow';
import { colours } from './frames';
import { isObject, listOf, objectOf, textOf, textsOf, type Json, type JsonObject } from './json';

export type Clip = { nodes: FlowNode[]; edges: Edge[]; notes: Note[]; frames: Frame[] };

const formats = new Set(['flowengine/nodes', 'flowengine/flow', 'flowengine/bundle']);

/** What is selected: a frame brings what it holds, and comes along when all of that is selected. */
export function clipOf(document: FlowDocument, selected: ReadonlySet<string>): Clip {
  const whole = (document.frames ?? []).filter((frame) => selected.has(frameId(frame.id)));
  const ids = new Set([...selected, ...whole.flatMap((frame) => frame.nodes)]);
  return {
    nodes: document.nodes.filter((node) => ids.has(node.id)),
    edges: document.edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target)),
    notes: (document.notes ?? []).filter((note) => ids.has(noteId(note.id))),
    frames: (document.frames ?? []).filter((frame) => frame.nodes.every((id) => ids.has(id))),
  };
}

export function writeClip(clip: Clip): string {
  return JSON.stringify({ format: 'flowengine/nodes', format_version: 1, ...clip }, null, 2);
}

/** The nodes in a text, also of a whole flow or those of a bundle; null when the text is something else. */
export function readClip(text: string): Clip | null {
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(value) || !formats.has(textOf(value['format']))) return null;
  const held = value['format'] === 'flowengine/bundle' ? objectOf(value['nodes']) : value;
  const nodes = listOf(held['nodes']).flatMap(readNode);
  const edges = listOf(held['edges']).flatMap(readEdge);
  const notes = listOf(held['notes']).flatMap(readNote);
  const known = new Set(nodes.map((node) => node.id));
  const frames = listOf(held['frames']).flatMap((frame) => readFrame(frame, known));
  return nodes.length + notes.length === 0 ? null : { nodes, edges, notes, frames };
}

/** The bundle a text is, with what its steps name; null for one that carries nothing. */
export function bundleIn(text: string): JsonObject | null {
  const value: Json = JSON.parse(text);
  if (!isObject(value) || value['format'] !== 'flowengine/bundle') return null;
  const named = ['references', 'flows', 'files'].flatMap((name) => listOf(value[name]));
  return named.length === 0 ? null : value;
}

function readNode(value: Json): FlowNode[] {
  if (!isObject(value) || !isObject(value['params'])) return [];
  const { id, type, label, params, position } = value;
  if (typeof id !== 'string' || typeof type !== 'string' || !/^[a-z][a-z0-9_]*$/.test(id)) return [];
  return [{ id, type, params, position: readPlace(position), ...(typeof label === 'string' ? { label } : {}) }];
}

function readEdge(value: Json): Edge[] {
  if (!isObject(value)) return [];
  const edge = { source: textOf(value['source']), port: textOf(value['port']), target: textOf(value['target']) };
  return edge.source === '' || edge.port === '' || edge.target === '' ? [] : [edge];
}

function readPlace(value: Json | undefined): Position {
  return isObject(value) ? { x: Number(value['x']) || 0, y: Number(value['y']) || 0 } : { x: 0, y: 0 };
}

function readNote(value: Json): Note[] {
  if (!isObject(value) || typeof value['id'] !== 'string' || typeof value['text'] !== 'string') return [];
  return [{ id: value['id'], text: value['text'], position: readPlace(value['position']) }];
}

function readFrame(value: Json, known: ReadonlySet<string>): Frame[] {
  if (!isObject(value) || typeof value['id'] !== 'string') return [];
  const nodes = textsOf(value['nodes']).filter((id) => known.has(id));
  const color = colours.find((each) => each === value['color']);
  const label = textOf(value['label']);
  return nodes.length === 0 ? [] : [{ id: value['id'], label, nodes, ...(color === undefined ? {} : { color }) }];
}
