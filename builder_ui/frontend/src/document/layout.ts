// Auto-layout: columns are chains. A single way out goes down, branches go right; a flow reads like a page.
import { bottom, GAP, PITCH, right, type Box, type Card } from './card';
import type { Edge, FlowDocument, Position } from './flow';

const APART = 40; // between chains of one column

type Chain = { ids: string[]; column: number; wanted: number };

/** New places for all the cards given, keeping the upper left corner of the drawing. */
export function layout(cards: ReadonlyMap<string, Card>, edges: readonly Edge[]): Record<string, Position> {
  const order = [...cards.keys()];
  const chains = chainsOf(order, cards, edges);
  const corner = cornerOf([...cards.values()].map((card) => card.box));
  const places: Record<string, Position> = {};
  const foot = new Map<number, number>();
  const columns = [...new Set(chains.map((chain) => chain.column))].sort((one, other) => one - other);
  for (const column of columns) {
    const here = chains.filter((chain) => chain.column === column);
    for (const chain of here) chain.wanted = wantedAt(chain, cards, edges, places) ?? corner.y;
    here.sort((one, other) => one.wanted - other.wanted);
    for (const chain of here) {
      let y = Math.max(chain.wanted, foot.get(column) ?? corner.y);
      for (const id of chain.ids) {
        places[id] = { x: corner.x + column * PITCH, y: Math.round(y) };
        y += (cards.get(id)?.box.height ?? 0) + GAP;
      }
      foot.set(column, y - GAP + APART);
    }
  }
  return places;
}

/** Places for the nodes of a document that have none: all by layout, or the few new ones beside what is there. */
export function missingPlaces(document: FlowDocument, cards: ReadonlyMap<string, Card>): Record<string, Position> {
  const missing = document.nodes.filter((node) => node.position === undefined);
  if (missing.length === 0) return {};
  const all = layout(cards, document.edges);
  if (missing.length === document.nodes.length) return all;
  const placed = document.nodes.filter((node) => node.position !== undefined);
  const boxes = placed.flatMap((node) => cards.get(node.id)?.box ?? []);
  const edge = Math.max(...boxes.map(right)) + (PITCH - 232);
  return Object.fromEntries(missing.map((node) => [node.id, { x: (all[node.id]?.x ?? 0) + edge, y: all[node.id]?.y ?? 0 }]));
}

function chainsOf(order: string[], cards: ReadonlyMap<string, Card>, edges: readonly Edge[]): Chain[] {
  const outs = grouped(edges, (edge) => edge.source);
  const ins = grouped(edges, (edge) => edge.target);
  const roots = order.filter((id) => (ins.get(id) ?? []).length === 0);
  const seen = new Set<string>();
  const chains: Chain[] = [];
  const queue = [...(roots.length > 0 ? roots : order.slice(0, 1)).map((id) => ({ id, column: 0 }))];

  function walk(): void {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (seen.has(next.id)) continue;
      const chain: Chain = { ids: [], column: next.column, wanted: 0 };
      let here: string | undefined = next.id;
      while (here !== undefined && !seen.has(here)) {
        seen.add(here);
        chain.ids.push(here);
        const card = cards.get(here);
        const wires: Edge[] = outs.get(here) ?? [];
        if (card !== undefined && card.only !== null) here = wires[0]?.target;
        else {
          const rank = (edge: Edge) => card?.rows.findIndex((row) => row.id === edge.port) ?? 0;
          const branches = wires.toSorted((one, other) => rank(one) - rank(other));
          queue.push(...branches.map((edge) => ({ id: edge.target, column: next.column + 1 })));
          here = undefined;
        }
      }
      chains.push(chain);
    }
  }

  walk();
  for (const id of order) {
    if (seen.has(id)) continue;
    queue.push({ id, column: 0 });
    walk();
  }
  return chains;
}

/** Beside the port that leads here: the mean of the sources already placed. */
function wantedAt(
  chain: Chain,
  cards: ReadonlyMap<string, Card>,
  edges: readonly Edge[],
  places: Record<string, Position>,
): number | null {
  const first = chain.ids[0];
  const sources = edges.filter((edge) => edge.target === first).flatMap((edge) => {
    const place = places[edge.source];
    const card = cards.get(edge.source);
    if (place === undefined || card === undefined) return [];
    const row = Math.max(0, card.rows.findIndex((each) => each.id === edge.port));
    return [place.y + row * 26];
  });
  return sources.length === 0 ? null : Math.min(...sources);
}

function grouped(edges: readonly Edge[], by: (edge: Edge) => string): Map<string, Edge[]> {
  const groups = new Map<string, Edge[]>();
  for (const edge of edges) groups.set(by(edge), [...(groups.get(by(edge)) ?? []), edge]);
  return groups;
}

function cornerOf(boxes: Box[]): Position {
  if (boxes.length === 0) return { x: 0, y: 0 };
  return { x: Math.min(...boxes.map((box) => box.x)), y: Math.min(...boxes.map((box) => box.y)) };
}

/** Where a step wants to stand after this one: under it where there is one way out, beside it where it branches. */
export function placeAfter(card: Card | undefined): Position {
  if (card === undefined) return { x: 0, y: 0 };
  const { x, y, height } = card.box;
  return card.only !== null ? { x, y: y + height + GAP } : { x: x + PITCH, y };
}

/** A free place for a new card: under what it follows, beside where that is taken. */
export function freePlace(wanted: Position, height: number, boxes: Box[]): Position {
  let { y } = wanted;
  for (let tries = 0; tries < 200; tries += 1) {
    const clash = boxes.find(
      (box) => wanted.x < right(box) + 16 && wanted.x + 232 > box.x - 16 && y < bottom(box) + 16 && y + height > box.y - 16,
    );
    if (clash === undefined) return { x: wanted.x, y };
    y = bottom(clash) + GAP;
  }
  return { x: wanted.x, y };
}

/** How far copies of these boxes must move to the right to lie free. */
export function besideOffset(copied: readonly Box[], all: readonly Box[]): Position {
  const overlaps = (x: number) =>
    copied.some((one) =>
      all.some(
        (box) =>
          one.x + x < right(box) + 16 && one.x + x + one.width > box.x - 16 && one.y < bottom(box) + 16 && bottom(one) > box.y - 16,
      ),
    );
  let x = PITCH;
  while (overlaps(x)) x += PITCH;
  return { x, y: 0 };
}
