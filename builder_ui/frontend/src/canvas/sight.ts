// What is drawn of a flow: what is in view, as far as it can be read from there; and of what is new, only so much in a frame.
import { bottom, right, type Box, type Card } from '../document/card';
import type { Wire } from '../document/routing';
import type { DetailLevel } from './detail';

/** The cards that are drawn with how much each of them tells, the wires, and the cards that are still to come. */
export type Sight = {
  cards: ReadonlyMap<string, DetailLevel>;
  wires: ReadonlySet<string>;
  waiting: readonly Box[];
  isWhole: boolean;
  /** So far away that all is drawn as a few shapes; a card itself is only what the hand is over. */
  isFar: boolean;
};

/** `view` is null for a flow that is drawn whole, however much of it is in view; `near`: the card that the hand is over. */
export type Onlooker = { view: Box | null; detail: DetailLevel; isFar: boolean; near: string | null };

export const nothingSeen: Sight = { cards: new Map(), wires: new Set(), waiting: [], isWhole: true, isFar: false };

/** How many cards one frame may draw anew, or draw with more or less on them: some 15 ms of work. */
const MOST_CARDS: Record<DetailLevel, number> = { full: 12, name: 16, tile: 32 };
const MOST_WIRES = 60;
const MOST_GONE = 60; // cards and as many wires that one frame takes away, once they are drawn as shapes
const MARGIN = 24; // a badge and a handle stand out by less than that

/** The sight a frame later; the same object when nothing comes, goes or changes. */
export function look(before: Sight, cards: ReadonlyMap<string, Card>, wires: readonly Wire[], onlooker: Onlooker): Sight {
  if (onlooker.isFar) return fromAfar(before, onlooker.near);
  const shown = cardsIn(before.cards, cards, onlooker);
  const lines = wiresIn(before.wires, wires, onlooker.view);
  if (!before.isFar && !shown.isNews && sameIds(shown.levels, before.cards) && sameIds(lines.ids, before.wires)) return before;
  return { cards: shown.levels, wires: lines.ids, waiting: shown.waiting, isWhole: shown.isWhole && lines.isWhole, isFar: false };
}

function fromAfar(before: Sight, near: string | null): Sight {
  const others = [...before.cards].filter(([id]) => id !== near);
  const isSame = before.isFar && others.length + before.wires.size === 0 && before.cards.size === (near === null ? 0 : 1);
  if (isSame) return before;
  const cards = new Map(others.slice(MOST_GONE));
  const wires = new Set([...before.wires].slice(MOST_GONE));
  const isWhole = cards.size + wires.size === 0;
  if (near !== null) cards.set(near, before.cards.get(near) ?? 'tile');
  return { cards, wires, waiting: [], isWhole, isFar: true };
}

function cardsIn(before: Sight['cards'], cards: ReadonlyMap<string, Card>, { view, detail }: Onlooker) {
  const levels = new Map<string, DetailLevel>();
  const late: Card[] = [];
  for (const card of cards.values()) {
    const { id } = card.node;
    if (view !== null && !overlaps(card.box, view)) continue;
    const level = before.get(id) ?? (view === null ? detail : undefined);
    if (level !== undefined) levels.set(id, level);
    if (level !== detail) late.push(card);
  }
  const [now, later] = nearestFirst(late, view, MOST_CARDS[detail]);
  for (const { node } of now) levels.set(node.id, detail);
  const waiting = later.flatMap(({ node, box }) => (levels.has(node.id) ? [] : [box]));
  return { levels, waiting, isNews: now.length > 0, isWhole: later.length === 0 };
}

function wiresIn(before: ReadonlySet<string>, wires: readonly Wire[], view: Box | null): { ids: Set<string>; isWhole: boolean } {
  const ids = new Set<string>();
  let room = MOST_WIRES;
  for (const wire of wires) {
    if (view !== null && !overlaps(boxOf(wire), view)) continue;
    if (view !== null && !before.has(wire.id)) room -= 1;
    if (room >= 0 || before.has(wire.id)) ids.add(wire.id);
  }
  return { ids, isWhole: room >= 0 };
}

/** Where one looks things come first. */
function nearestFirst(cards: Card[], view: Box | null, most: number): [Card[], Card[]] {
  if (view === null || cards.length <= most) return [cards.slice(0, most), cards.slice(most)];
  const x = view.x + view.width / 2;
  const y = view.y + view.height / 2;
  const far = ({ box }: Card) => Math.hypot(box.x + box.width / 2 - x, box.y + box.height / 2 - y);
  const sorted = cards.toSorted((one, other) => far(one) - far(other));
  return [sorted.slice(0, most), sorted.slice(most)];
}

function sameIds(one: { size: number; keys: () => Iterable<string> }, other: { size: number; has: (id: string) => boolean }): boolean {
  return one.size === other.size && [...one.keys()].every((id) => other.has(id));
}

function overlaps(box: Box, view: Box): boolean {
  return box.x < right(view) + MARGIN && right(box) > view.x - MARGIN && box.y < bottom(view) + MARGIN && bottom(box) > view.y - MARGIN;
}

const boxes = new WeakMap<Wire, Box>();

function boxOf(wire: Wire): Box {
  const known = boxes.get(wire);
  if (known !== undefined) return known;
  const xs = wire.points.map((point) => point.x);
  const ys = wire.points.map((point) => point.y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  const box = { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
  boxes.set(wire, box);
  return box;
}
