// Cards in line and at equal distances: where each of a selection goes.
import { bottom, right, type Box } from './card';
import type { Position } from './flow';
import { boxAround } from './routing';

export type Side = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom';
export type Axis = 'across' | 'down';
type Boxes = ReadonlyMap<string, Box>;

/** Bring one side, or the middles, of all to the line of the selection. */
export function aligned(boxes: Boxes, side: Side): Record<string, Position> {
  const all = boxAround([...boxes.values()]);
  return moved(boxes, ({ x, y, width, height }) => {
    switch (side) {
      case 'left':
        return { x: all.x, y };
      case 'centre':
        return { x: all.x + (all.width - width) / 2, y };
      case 'right':
        return { x: right(all) - width, y };
      case 'top':
        return { x, y: all.y };
      case 'middle':
        return { x, y: all.y + (all.height - height) / 2 };
      case 'bottom':
        return { x, y: bottom(all) - height };
    }
  });
}

/** The same room between each and the next; the outermost two stay. Fewer than three have nothing to share. */
export function spread(boxes: Boxes, axis: Axis): Record<string, Position> {
  const start = (box: Box) => (axis === 'across' ? box.x : box.y);
  const size = (box: Box) => (axis === 'across' ? box.width : box.height);
  const order = [...boxes].toSorted(([, one], [, other]) => start(one) - start(other));
  const [first, last] = [order[0], order.at(-1)];
  if (first === undefined || last === undefined || order.length < 3) return {};
  const taken = order.reduce((sum, [, box]) => sum + size(box), 0);
  const room = (start(last[1]) + size(last[1]) - start(first[1]) - taken) / (order.length - 1);
  const places: Record<string, Position> = {};
  let at = start(first[1]);
  for (const [id, box] of order) {
    places[id] = axis === 'across' ? { x: Math.round(at), y: box.y } : { x: box.x, y: Math.round(at) };
    at += size(box) + room;
  }
  return places;
}

function moved(boxes: Boxes, place: (box: Box) => Position): Record<string, Position> {
  return Object.fromEntries(
    [...boxes].map(([id, box]) => {
      const { x, y } = place(box);
      return [id, { x: Math.round(x), y: Math.round(y) }];
    }),
  );
}
