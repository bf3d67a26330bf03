// Nodes as text on the system's clipboard: within a flow, between flows, browsers and files.
import type { Edge, FlowDocument, FlowNode } from './flow';
import { isObject, listOf, objectOf, textOf, type Json } from './json';

export type Clip = { nodes: FlowNode[]; edges: Edge[] };

const formats = new Set(['flowengine/nodes', 'flowengine/flow', 'flowengine/bundle']);

export function clipOf(document: FlowDocument, ids: ReadonlySet<string>): Clip {
  return {
    nodes: document.nodes.filter((node) => ids.has(node.id)),
    edges: document.edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target)),
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
  return nodes.length === 0 ? null : { nodes, edges };
}

function readNode(value: Json): FlowNode[] {
  if (!isObject(value) || !isObject(value['params'])) return [];
  const { id, type, label, params, position } = value;
  if (typeof id !== 'string' || typeof type !== 'string' || !/^[a-z][a-z0-9_]*$/.test(id)) return [];
  const place = isObject(position) ? { x: Number(position['x']) || 0, y: Number(position['y']) || 0 } : { x: 0, y: 0 };
  return [{ id, type, params, position: place, ...(typeof label === 'string' ? { label } : {}) }];
}

function readEdge(value: Json): Edge[] {
  if (!isObject(value)) return [];
  const edge = { source: textOf(value['source']), port: textOf(value['port']), target: textOf(value['target']) };
  return edge.source === '' || edge.port === '' || edge.target === '' ? [] : [edge];
}
