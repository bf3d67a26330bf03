// Auto-layout: columns are chains. A single way out goes down, branches go right; a flow reads like a page.
import { bottom, GAP, PITCH, right, type Box, type Card } from './card';
import { chainsOf, type Chain, type Chaining } from './chains';
import type { Edge, FlowDocument, Position } from './flow';
import { pairs, route } from './routing';

const APART = 40; // between chains of one column
const PATIENCE = 40_000; // cards drawn again while better orders are tried: a third of a second at most
const LARGE = 200; // from so many cards on, only the first orders are compared
const ways: Chaining[] = [false, true].flatMap((joined) => [false, true].map((near) => ({ joined, near })));

type Places = Record<string, Position>;
/** The chains of each column from top to foot. */
type Columns = Chain[][];

/** New places for all the cards given, keeping the upper left corner of the drawing; of what is tried the one with the fewest crossings. */
export function layout(cards: ReadonlyMap<string, Card>, edges: readonly Edge[]): Places {
  const corner = cornerOf([...cards.values()].map((card) => card.box));
  const tries = cards.size > LARGE ? 0 : Math.floor(PATIENCE / Math.max(1, cards.size) / ways.length);
  const drawn = ways.map((how) => {
    const columns = inOrder(chainsOf(cards, edges, how), cards, edges, corner);
    return improved(columns, cards, edges, corner, tries);
  });
  return best(drawn).places;
}

/** Beside what leads here, so that wires are short to begin with. */
function inOrder(chains: Chain[], cards: ReadonlyMap<string, Card>, edges: readonly Edge[], corner: Position): Columns {
  const columns: Columns = [];
  const last = Math.max(...chains.map((chain) => chain.column));
  for (let column = 0; column <= last; column += 1) {
    const places = placesOf(columns, cards, edges, corner);
    const wanted = (chain: Chain) => wantedAt(chain, cards, edges, places) ?? corner.y;
    columns.push(chains.filter((chain) => chain.column === column).toSorted((one, other) => wanted(one) - wanted(other)));
  }
  return columns;
}

type Drawn = { places: Places; crossings: number; length: number };

/** Move each chain to another place of its column or the next for as long as that makes the drawing better. */
function improved(first: Columns, cards: ReadonlyMap<string, Card>, edges: readonly Edge[], corner: Position, most: number): Drawn {
  const draw = (columns: Columns) => drawnAt(placesOf(columns, cards, edges, corner), cards, edges);
  let columns = first;
  let here = draw(columns);
  let tries = 0;
  for (let isBetter = true; isBetter; ) {
    isBetter = false;
    for (const next of moves(columns)) {
      if (tries >= most) return here;
      tries += 1;
      const there = draw(next);
      if (best([here, there]) === here) continue;
      [columns, here, isBetter] = [next, there, true];
      break;
    }
  }
  return here;
}

function* moves(columns: Columns): Generator<Columns> {
  for (const [index, column] of columns.entries()) {
    for (let from = 0; from < column.length; from += 1) {
      for (let to = 0; to < column.length; to += 1) {
        const chain = column[from];
        if (from === to || chain === undefined) continue;
        yield columns.with(index, column.toSpliced(from, 1).toSpliced(to, 0, chain));
      }
      yield* furtherOn(columns, index, from);
    }
  }
}

/** A chain one column to the right, wherever there; its own column keeps another. */
function* furtherOn(columns: Columns, index: number, from: number): Generator<Columns> {
  const [column, next] = [columns[index], columns[index + 1]];
  const chain = column?.[from];
  if (column === undefined || next === undefined || chain === undefined || column.length === 1) return;
  for (let to = 0; to <= next.length; to += 1) yield columns.with(index, column.toSpliced(from, 1)).with(index + 1, next.toSpliced(to, 0, chain));
}

/** Fewest crossings, then shortest wires; of equals the first. */
function best(drawn: readonly [Drawn, ...Drawn[]] | Drawn[]): Drawn {
  return drawn.reduce((one, other) => (other.crossings < one.crossings || (other.crossings === one.crossings && other.length < one.length) ? other : one));
}

function drawnAt(places: Places, cards: ReadonlyMap<string, Card>, edges: readonly Edge[]): Drawn {
  const moved = new Map([...cards].map(([id, card]) => [id, { ...card, box: { ...card.box, ...places[id] } }]));
  const wires = route(moved, edges);
  const length = wires.flatMap((wire) => pairs(wire.points)).reduce((sum, [a, b]) => sum + Math.abs(a.x - b.x) + Math.abs(a.y - b.y), 0);
  return { places, crossings: wires.reduce((sum, wire) => sum + wire.over.length, 0), length };
}

function placesOf(columns: Columns, cards: ReadonlyMap<string, Card>, edges: readonly Edge[], corner: Position): Places {
  const places: Places = {};
  columns.forEach((chains, column) => {
    let foot = corner.y;
    for (const chain of chains) {
      let y = Math.max(wantedAt(chain, cards, edges, places) ?? corner.y, foot);
      for (const id of chain.ids) {
        places[id] = { x: corner.x + column * PITCH, y: Math.round(y) };
        y += (cards.get(id)?.box.height ?? 0) + GAP;
      }
      foot = y - GAP + APART;
    }
  });
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

/** How far boxes must move to the right to lie free of all others, from `least` on. */
export function besideOffset(copied: readonly Box[], all: readonly Box[], least = PITCH): Position {
  const overlaps = (x: number) =>
    copied.some((one) =>
      all.some(
        (box) =>
          one.x + x < right(box) + 16 && one.x + x + one.width > box.x - 16 && one.y < bottom(box) + 16 && bottom(one) > box.y - 16,
      ),
    );
  let x = least;
  while (overlaps(x)) x += PITCH;
  return { x, y: 0 };
}
