// A flow as it is drawn: its cards and its wires, from the document and the schemas alone.
import { cardOf, type Card } from './card';
import type { FlowDocument, FlowNode, Position } from './flow';
import { missingPlaces } from './layout';
import { portsOf, type Port } from './ports';
import { wireId } from './flow';
import { summaryOf, type Line } from './summary';
import type { Language, NodeTypes } from './schema';

export type Cards = ReadonlyMap<string, Card>;

/** The cards by id; `moved` holds places while they are dragged. */
export function cardsOf(
  document: FlowDocument,
  types: NodeTypes,
  language: Language,
  moved: Record<string, Position> = {},
): Cards {
  const wired = new Set(document.edges.map(wireId));
  const drawn = document.nodes.map((node) => ({
    node,
    lines: summaryOf(node, types, language, document),
    ports: portsOf(node, types, language, document, wired),
  }));
  const first = collect(drawn, (node) => moved[node.id] ?? node.position ?? { x: 0, y: 0 });
  const missing = missingPlaces(document, first);
  if (Object.keys(missing).length === 0) return first;
  return collect(drawn, (node) => moved[node.id] ?? node.position ?? missing[node.id] ?? { x: 0, y: 0 });
}

function collect(
  drawn: { node: FlowNode; lines: Line[]; ports: Port[] }[],
  placeOf: (node: FlowNode) => Position,
): Cards {
  return new Map(drawn.map(({ node, lines, ports }) => [node.id, cardOf(node, placeOf(node), lines, ports)]));
}
