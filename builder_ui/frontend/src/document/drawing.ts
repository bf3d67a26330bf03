// A flow as it is drawn: what each card shows, where it lies, what comes after what; from document and schemas alone.
import { cardOf, type Card } from './card';
import { wireId, type FlowDocument, type FlowNode, type Position } from './flow';
import { missingPlaces } from './layout';
import type { Line } from './lines';
import { portsOf, type Port } from './ports';
import { jumpOf, type Language, type NodeTypes, type Things } from './schema';
import { summaryOf } from './summary';
import { nameOfNode, namesOf } from './template';

export type Cards = ReadonlyMap<string, Card>;
export type Content = { node: FlowNode; lines: Line[]; ports: Port[]; wired: string };
/** What the cards show; `key` tells what they all depend on besides their own node and wires. */
export type Contents = { cards: ReadonlyMap<string, Content>; key: string; things: Things | undefined };

const NOWHERE: Position = { x: 0, y: 0 };
export const nothingDrawn: Contents = { cards: new Map(), key: '', things: undefined };

/** What has not changed since `before` is the same object, so that it is not drawn again. */
export function contentsOf(
  document: FlowDocument,
  types: NodeTypes,
  language: Language,
  before: Contents = nothingDrawn,
): Contents {
  const wired = new Set(document.edges.map(wireId));
  const out = new Map<string, string>();
  for (const { source, port } of document.edges) out.set(source, `${out.get(source) ?? ''} ${port}`);
  const names = namesOf(document, types, language);
  const key = JSON.stringify([names, document.settings, language]);
  const isSameAround = before.key === key && before.things === types.things;
  const cards = new Map(
    document.nodes.map((node): [string, Content] => {
      const known = before.cards.get(node.id);
      const jump = jumpOf(types.types[node.type], node.params);
      const wires = `${out.get(node.id) ?? ''}${jump === '' ? '' : ` → ${nameOfNode(document, types, jump, language)}`}`;
      if (known?.node === node && known.wired === wires && isSameAround) return [node.id, known];
      const lines = summaryOf(node, types, language, document, names);
      const ports = portsOf(node, types, language, document, wired);
      const shown = JSON.stringify([lines, ports]);
      const isSame = known !== undefined && JSON.stringify([known.lines, known.ports]) === shown;
      return [node.id, isSame ? { ...known, node, wired: wires } : { node, lines, ports, wired: wires }];
    }),
  );
  return { cards, key, things: types.things };
}

/** The cards at their places; `moved` holds places while they are dragged. Cards that stay are the same objects. */
export function placed(contents: Contents, moved: Record<string, Position> = {}, before: Cards = new Map()): Cards {
  return new Map(
    [...contents.cards].map(([id, { node, lines, ports }]) => {
      const { x, y } = moved[id] ?? node.position ?? NOWHERE;
      const known = before.get(id);
      const isSame =
        known?.node === node && known.lines === lines && known.ports === ports && known.box.x === x && known.box.y === y;
      return [id, isSame ? known : cardOf(node, { x, y }, lines, ports)];
    }),
  );
}

/** Whether wires take the same ways between these cards: all that a route depends on. */
export function sameGeometry(cards: Cards, before: Cards): boolean {
  return samePairs(cards, before, ({ box, ...card }, { box: old, ...known }) => {
    const isInPlace = box.x === old.x && box.y === old.y && box.height === old.height;
    return isInPlace && card.only?.id === known.only?.id && sameIds(card.rows, known.rows);
  });
}

/** Whether these cards are read in the same order: the same steps with the same ways out. */
export function sameReading(cards: Cards, before: Cards): boolean {
  return samePairs(cards, before, (card, known) => sameIds(card.ports, known.ports));
}

function samePairs(cards: Cards, before: Cards, same: (card: Card, known: Card) => boolean): boolean {
  if (cards === before) return true;
  if (cards.size !== before.size) return false;
  const others = before.entries();
  for (const [id, card] of cards) {
    const [otherId, known] = others.next().value ?? [];
    if (known === undefined || id !== otherId || (card !== known && !same(card, known))) return false;
  }
  return true;
}

function sameIds(ports: readonly Port[], known: readonly Port[]): boolean {
  return ports === known || (ports.length === known.length && ports.every((port, index) => port.id === known[index]?.id));
}

export function cardsOf(document: FlowDocument, types: NodeTypes, language: Language): Cards {
  return placed(contentsOf(document, types, language));
}

/** The document with a place for every node; what has one keeps it. */
export function withPlaces(document: FlowDocument, types: NodeTypes, language: Language): FlowDocument {
  if (document.nodes.every((node) => node.position !== undefined)) return document;
  const missing = missingPlaces(document, cardsOf(document, types, language));
  return {
    ...document,
    nodes: document.nodes.map((node) => ({ ...node, position: node.position ?? missing[node.id] ?? NOWHERE })),
  };
}

/** The nodes as a reader meets them: along the wires from the beginnings, depth first. */
export function readingOrder(document: FlowDocument, cards: Cards): string[] {
  const targets = new Set(document.edges.map((edge) => edge.target));
  const wires = new Map(document.edges.map((edge) => [wireId(edge), edge]));
  const seen = new Set<string>();
  const visit = (id: string) => {
    if (seen.has(id) || !cards.has(id)) return;
    seen.add(id);
    for (const port of cards.get(id)?.ports ?? []) {
      const wire = wires.get(wireId({ source: id, port: port.id }));
      if (wire !== undefined) visit(wire.target);
    }
  };
  for (const node of document.nodes) if (!targets.has(node.id)) visit(node.id);
  for (const node of document.nodes) visit(node.id);
  return [...seen];
}

/** How tall a step would be drawn that is not in the flow yet. */
export function heightOf(node: FlowNode, document: FlowDocument, types: NodeTypes, language: Language): number {
  return cardsOf({ ...document, nodes: [node], edges: [] }, types, language).get(node.id)?.box.height ?? 0;
}
