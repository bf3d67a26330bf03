// Folded frames: one card stands for the steps inside, and has a way out for every wire that leaves them.
import { cardOf, handleAt, type Card } from './card';
import { frameId, type Edge, type Frame } from './flow';
import { boxAround } from './routing';
import type { Port } from './ports';

export type Folded = { cards: ReadonlyMap<string, Card>; edges: readonly Edge[]; inside: ReadonlyMap<string, string> };
type Words = { title: (frame: Frame) => string; count: (frame: Frame) => string };

/** What is drawn where some frames are folded; `inside` tells by which card a hidden step is stood for. */
export function folded(frames: readonly Frame[], cards: ReadonlyMap<string, Card>, edges: readonly Edge[], words: Words): Folded {
  const closed = frames.filter((frame) => frame.collapsed === true && frame.nodes.some((id) => cards.has(id)));
  if (closed.length === 0) return { cards, edges, inside: new Map() };
  const inside = new Map(closed.flatMap((frame) => frame.nodes.map((id): [string, string] => [id, frameId(frame.id)])));
  const seen = edges.filter((edge) => inside.get(edge.source) !== inside.get(edge.target) || !inside.has(edge.source));
  const shown = new Map([...cards].filter(([id]) => !inside.has(id)));
  for (const frame of closed) {
    const id = frameId(frame.id);
    const corner = boxAround(frame.nodes.flatMap((node) => cards.get(node)?.box ?? []));
    const crossing = seen.filter((edge) => inside.get(edge.source) === id).toSorted((one, other) => heightAt(one, cards) - heightAt(other, cards));
    const ports = crossing.map((edge) => wayOut(edge, cards));
    const lines = [[{ text: words.count(frame), chip: false }]];
    const node = { id, type: 'frame', label: words.title(frame), params: {} };
    shown.set(id, cardOf(node, { x: corner.x, y: corner.y }, lines, ports));
  }
  return { cards: shown, inside, edges: seen.map((edge) => standing(edge, inside)) };
}

/** The wire as it is in the document, of one that is drawn from a folded frame. */
export function realFrom<T extends { source: string; port: string }>(edge: T): T {
  if (!edge.source.startsWith('frame:')) return edge;
  const [source = '', ...port] = edge.port.split(':');
  return { ...edge, source, port: port.join(':') };
}

function standing(edge: Edge, inside: ReadonlyMap<string, string>): Edge {
  const source = inside.get(edge.source);
  const target = inside.get(edge.target) ?? edge.target;
  return source === undefined ? (target === edge.target ? edge : { ...edge, target }) : { source, port: `${edge.source}:${edge.port}`, target };
}

/** Ways out stand in the order in which their handles did, so that their wires cross no more than before. */
function heightAt(edge: Edge, cards: ReadonlyMap<string, Card>): number {
  const card = cards.get(edge.source);
  return card === undefined ? 0 : card.box.y + handleAt(card, edge.port, false).y;
}

function wayOut(edge: Edge, cards: ReadonlyMap<string, Card>): Port {
  const card = cards.get(edge.source);
  const port = card?.ports.find((each) => each.id === edge.port);
  const step = card?.node.label ?? card?.node.id ?? '';
  const title = card?.only === null && port !== undefined ? port.title : step;
  return { id: `${edge.source}:${edge.port}`, title, unwired: '', fate: '', wired: true, missing: false, quiet: false };
}
