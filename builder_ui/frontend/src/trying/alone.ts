// A step by itself, as a flow that can be played: begun by any message, every way out ends.
import type { FlowDocument, FlowNode } from '../document/flow';
import { portsOf } from '../document/ports';
import type { Language, NodeTypes } from '../document/schema';

const [BEGIN, END] = ['begin_alone', 'end_alone'];

export function alone(document: FlowDocument, node: FlowNode, types: NodeTypes, language: Language): FlowDocument {
  const { frames: _, notes: __, ...rest } = document;
  const ports = portsOf(node, types, language, document, new Set());
  return {
    ...rest,
    nodes: [{ id: BEGIN, type: 'trigger', params: { event: 'message.received' } }, node, { id: END, type: 'end', params: {} }],
    edges: [{ source: BEGIN, port: 'next', target: node.id }, ...ports.map((port) => ({ source: node.id, port: port.id, target: END }))],
  };
}
