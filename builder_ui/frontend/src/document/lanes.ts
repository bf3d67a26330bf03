// Who runs where between the cards: hands out lanes 12 px apart and corridors free of cards.
import { Bands } from './bands';
import { bottom, right, type Box } from './card';

type Taken = { place: number; from: number; to: number; target: string };

const APART = 12;
const CLEAR = 10; // least distance of a lane from a card it passes
const STEP = 4;
const FURTHEST = 2400; // how far a corridor may be from where it was wanted

export class Lanes {
  private readonly columns = new Bands<Box>(128);
  private readonly rows = new Bands<Box>(128);
  private readonly upright = new Bands<Taken>(APART);
  private readonly flat = new Bands<Taken>(APART);
  private readonly stretches = new Bands<Taken>(64);

  constructor(boxes: readonly Box[]) {
    for (const box of boxes) {
      this.columns.add(box.x - CLEAR, right(box) + CLEAR, box);
      this.rows.add(box.y - CLEAR, bottom(box) + CLEAR, box);
    }
  }

  /** A free upright lane from `start` towards `end` for the stretch between two heights; null where there is none. */
  down(
    start: number,
    end: number,
    from: number,
    to: number,
    target: string,
    fits: (x: number) => boolean = () => true,
  ): number | null {
    const way = Math.sign(end - start) || 1;
    let crossing: number | null = null;
    for (let x = start; (end - x) * way >= 0; x += STEP * way) {
      if (this.collides(this.upright, x, from, to, target)) continue;
      if (!this.isFreeDown(x, from, to) || !fits(x)) continue;
      if (!this.crosses(x, from, to, target)) return this.take(x, from, to, target);
      crossing ??= x;
    }
    return crossing === null ? null : this.take(crossing, from, to, target);
  }

  /** Remember the level stretches of a wire, so that others turn where they do not cross it, if they can. */
  passed(points: readonly { x: number; y: number }[], target: string): void {
    points.forEach((point, index) => {
      const next = points[index + 1];
      if (next === undefined || next.y !== point.y) return;
      const [from, to] = [Math.min(point.x, next.x), Math.max(point.x, next.x)];
      this.stretches.add(point.y, point.y, { place: point.y, from, to, target });
    });
  }

  /** The free corridor nearest to the wanted height, between two places. */
  level(wanted: number, from: number, to: number, target: string): number {
    for (let off = 0; off < FURTHEST; off += STEP) {
      for (const y of off === 0 ? [wanted] : [wanted + off, wanted - off]) {
        if (this.collides(this.flat, y, from, to, target) || !this.isFreeLevel(y, from, to)) continue;
        this.flat.add(y, y, { place: y, from, to, target });
        return y;
      }
    }
    return wanted;
  }

  isFreeDown(x: number, one: number, other: number): boolean {
    const [top, foot] = [Math.min(one, other), Math.max(one, other)];
    return !this.columns.some(
      x,
      x,
      (box) => x > box.x - CLEAR && x < right(box) + CLEAR && foot > box.y - 4 && top < bottom(box) + 4,
    );
  }

  isFreeLevel(y: number, one: number, other: number): boolean {
    const [left, end] = [Math.min(one, other), Math.max(one, other)];
    return !this.rows.some(
      y,
      y,
      (box) => y > box.y - CLEAR && y < bottom(box) + CLEAR && end > box.x && left < right(box),
    );
  }

  private take(x: number, from: number, to: number, target: string): number {
    this.upright.add(x, x, { place: x, from: Math.min(from, to), to: Math.max(from, to), target });
    return x;
  }

  private crosses(x: number, one: number, other: number, target: string): boolean {
    const [top, foot] = [Math.min(one, other), Math.max(one, other)];
    return this.stretches.some(
      top,
      foot,
      (each) => each.target !== target && each.place > top && each.place < foot && x > each.from && x < each.to,
    );
  }

  /** Wires to one target may share a lane; all others keep their distance. */
  private collides(taken: Bands<Taken>, place: number, one: number, other: number, target: string): boolean {
    const [from, to] = [Math.min(one, other), Math.max(one, other)];
    return taken.some(place - APART, place + APART, (each) => {
      const distance = Math.abs(each.place - place);
      if (distance >= APART || from >= each.to + 4 || to <= each.from - 4) return false;
      return !(each.target === target && distance === 0);
    });
  }
}
