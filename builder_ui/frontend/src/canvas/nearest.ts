// What lies under a point or in a direction: wires for dropping, cards for walking.
import type { Card } from '../document/card';
import type { Edge, Position } from '../document/flow';
import { pairs, type Wire } from '../document/routing';

const NEAR = 18; // px a dropped step may be off a wire

export function wireAt(wires: readonly Wire[], at: Position): Wire | null {
  return wires.find((wire) => pairs(wire.points).some(([a, b]) => distance(a, b, at) < NEAR)) ?? null;
}

function distance(a: Position, b: Position, at: Position): number {
  const x = Math.min(Math.max(at.x, Math.min(a.x, b.x)), Math.max(a.x, b.x));
  const y = Math.min(Math.max(at.y, Math.min(a.y, b.y)), Math.max(a.y, b.y));
  return Math.hypot(at.x - x, at.y - y);
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The card an arrow key leads to: along a wire where one goes that way, else the nearest card there. */
export function neighbour(
  cards: ReadonlyMap<string, Card>,
  edges: readonly Edge[],
  from: string,
  direction: Direction,
): string | null {
  const here = cards.get(from);
  if (here === undefined) return null;
  const wired = edges.flatMap((edge) => (edge.source === from ? [edge.target] : edge.target === from ? [edge.source] : []));
  return best(cards, here, wired, direction) ?? best(cards, here, [...cards.keys()], direction);
}

function best(cards: ReadonlyMap<string, Card>, here: Card, ids: string[], direction: Direction): string | null {
  const scored = ids.flatMap((id) => {
    const card = cards.get(id);
    if (card === undefined || card === here) return [];
    const dx = card.box.x - here.box.x;
    const dy = card.box.y + card.box.height / 2 - (here.box.y + here.box.height / 2);
    const [ahead, aside] = direction === 'left' || direction === 'right' ? [dx, dy] : [dy, dx];
    const along = direction === 'left' || direction === 'up' ? -ahead : ahead;
    return along < 24 || Math.abs(aside) > 3 * along ? [] : [{ id, score: along + 2 * Math.abs(aside) }];
  });
  return scored.toSorted((one, other) => one.score - other.score)[0]?.id ?? null;
}
