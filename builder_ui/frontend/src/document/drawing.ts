// A flow as it is drawn: what each card shows, where it lies, what comes after what; from document and schemas alone.
import { cardOf, type Card } from './card';
import { wireId, type FlowDocument, type FlowNode, type Position } from './flow';
import { missingPlaces } from './layout';
import { portsOf, type Port } from './ports';
import type { Language, NodeTypes } from './schema';
import { summaryOf, type Line } from './summary';
import { namesOf } from './template';

export type Cards = ReadonlyMap<string, Card>;
export type Content = { node: FlowNode; lines: Line[]; ports: Port[] };

const NOWHERE: Position = { x: 0, y: 0 };

/** What the cards show. What has not changed since `before` is the same object, so that it is not drawn again. */
export function contentsOf(
  document: FlowDocument,
  types: NodeTypes,
  language: Language,
  before: ReadonlyMap<string, Content> = new Map(),
): ReadonlyMap<string, Content> {
  const wired = new Set(document.edges.map(wireId));
  const names = namesOf(document, types, language);
  return new Map(
    document.nodes.map((node) => {
      const lines = summaryOf(node, types, language, document, names);
      const ports = portsOf(node, types, language, document, wired);
      const known = before.get(node.id);
      const same =
        known !== undefined &&
        JSON.stringify([known.lines, known.ports, known.node.label, known.node.type]) ===
          JSON.stringify([lines, ports, node.label, node.type]);
      return [node.id, same ? { ...known, node } : { node, lines, ports }];
    }),
  );
}

/** The cards at their places; `moved` holds places while they are dragged. */
export function placed(contents: ReadonlyMap<string, Content>, moved: Record<string, Position> = {}): Cards {
  return new Map(
    [...contents].map(([id, { node, lines, ports }]) => [
      id,
      cardOf(node, moved[id] ?? node.position ?? NOWHERE, lines, ports),
    ]),
  );
}

export function cardsOf(document: FlowDocument, types: NodeTypes, language: Language): Cards {
  return placed(contentsOf(document, types, language));
}

/** The document with a place for every node; what has one keeps it. */
export function withPlaces(document: FlowDocument, types: NodeTypes, language: Language): FlowDocument {
  const missing = missingPlaces(document, cardsOf(document, types, language));
  if (Object.keys(missing).length === 0) return document;
  return {
    ...document,
    nodes: document.nodes.map((node) => ({ ...node, position: node.position ?? missing[node.id] ?? NOWHERE })),
  };
}

/** The nodes as a reader meets them: along the wires from the beginnings, depth first. */
export function readingOrder(document: FlowDocument, cards: Cards): string[] {
  const targets = new Set(document.edges.map((edge) => edge.target));
  const seen = new Set<string>();
  const visit = (id: string) => {
    if (seen.has(id) || !cards.has(id)) return;
    seen.add(id);
    for (const port of cards.get(id)?.ports ?? []) {
      const wire = document.edges.find((edge) => edge.source === id && edge.port === port.id);
      if (wire !== undefined) visit(wire.target);
    }
  };
  for (const node of document.nodes) if (!targets.has(node.id)) visit(node.id);
  for (const node of document.nodes) visit(node.id);
  return [...seen];
}
