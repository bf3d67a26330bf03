// The ways of the wires: right-angled, each in a lane of its own, never behind a card; chains joined foot to head.
import { Bands } from './bands';
import { bottom, ENTRY, handleAt, right, type Box, type Card } from './card';
import { wireId, type Edge, type Position } from './flow';
import { Lanes } from './lanes';

export type Crossing = { at: Position; level: boolean };
export type Wire = {
  id: string;
  edge: Edge;
  /** Corners from handle to arrow head; neighbours differ in one coordinate. */
  points: Position[];
  /** Leaves at the foot and enters at the head, straight down. */
  chained: boolean;
  /** Where this wire passes over another; `level`: it runs level there. */
  over: Crossing[];
};

const STUB = 16; // least way out of a card before the first turn
const REACH = 84; // how far from a card its lanes may lie
const CHAIN = 120; // longest foot-to-head join

type Job = { edge: Edge; source: Card; target: Card; from: Position; to: Position };

export function route(cards: ReadonlyMap<string, Card>, edges: readonly Edge[]): Wire[] {
  const lanes = new Lanes([...cards.values()].map((card) => card.box));
  const chained: Wire[] = [];
  const jobs: Job[] = [];
  for (const edge of edges) {
    const source = cards.get(edge.source);
    const target = cards.get(edge.target);
    if (source === undefined || target === undefined) continue;
    if (isChain(source, target, lanes)) {
      const x = source.box.x + ENTRY;
      const points = [{ x, y: bottom(source.box) }, { x, y: target.box.y }];
      chained.push({ id: wireId(edge), edge, points, chained: true, over: [] });
    } else jobs.push(jobOf(edge, source, target));
  }
  const routed = jobs.toSorted(inOrder).map((job): Wire => {
    const points = tidy(way(job, lanes));
    lanes.passed(points, job.edge.target);
    return { id: wireId(job.edge), edge: job.edge, points, chained: false, over: [] };
  });
  return withCrossings([...chained, ...routed]);
}

/** Whether the handle of this node's single port sits at its foot. */
export function isChain(source: Card, target: Card, lanes: Lanes): boolean {
  const drop = target.box.y - bottom(source.box);
  if (source.only === null || source === target) return false;
  if (Math.abs(source.box.x - target.box.x) > 4 || drop < 8 || drop > CHAIN) return false;
  return lanes.isFreeDown(source.box.x + ENTRY, bottom(source.box) + 5, target.box.y - 5);
}

function jobOf(edge: Edge, source: Card, target: Card): Job {
  const handle = handleAt(source, edge.port, false);
  const from = { x: source.box.x + handle.x, y: source.box.y + handle.y };
  return { edge, source, target, from, to: { x: target.box.x, y: target.box.y + ENTRY } };
}

function isBack({ source, target }: Job): boolean {
  return target.box.x < right(source.box) + 2 * STUB;
}

/** Forward before back; by column; then so that siblings do not cross: upward ones from the top, downward ones from the foot. */
function inOrder(one: Job, other: Job): number {
  const rank = (job: Job) => (isBack(job) ? 2 : job.to.y <= job.from.y ? 0 : 1);
  return (
    Number(isBack(one)) - Number(isBack(other)) ||
    one.from.x - other.from.x ||
    rank(one) - rank(other) ||
    (rank(one) === 0 ? one.from.y - other.from.y : other.from.y - one.from.y)
  );
}

function way(job: Job, lanes: Lanes): Position[] {
  return isBack(job) ? back(job, lanes) : forward(job, lanes);
}

function forward(job: Job, lanes: Lanes): Position[] {
  const { from, to, edge } = job;
  const near = from.x + STUB;
  const far = to.x - STUB;
  if (Math.abs(from.y - to.y) < 1 && lanes.isFreeLevel(from.y, near, far)) return [from, to];
  const early = lanes.down(near, Math.min(far, near + REACH), from.y, to.y, edge.target, (x) =>
    lanes.isFreeLevel(to.y, x, far),
  );
  if (early !== null) return [from, { x: early, y: from.y }, { x: early, y: to.y }, to];
  const late = lanes.down(far, Math.max(near, far - REACH), from.y, to.y, edge.target, (x) =>
    lanes.isFreeLevel(from.y, near, x),
  );
  if (late !== null) return [from, { x: late, y: from.y }, { x: late, y: to.y }, to];
  return corridor(job, lanes, near, far, between(from.y, to.y));
}

/** Out right, round the source, along the corridor between rows, to the left side of the target. */
function back(job: Job, lanes: Lanes): Position[] {
  const { source, target, from, to } = job;
  const under = bottom(source.box) + 18;
  const above = source.box.y - 18;
  const upward = to.y < source.box.y && above > bottom(target.box) - 1;
  return corridor(job, lanes, from.x + STUB, to.x - STUB - 8, upward ? above : under);
}

function corridor(job: Job, lanes: Lanes, near: number, far: number, wanted: number): Position[] {
  const { from, to, edge } = job;
  const level = lanes.level(wanted, Math.min(near, far), Math.max(near, far), edge.target);
  const out = lanes.down(near, near + REACH, from.y, level, edge.target) ?? near;
  const into = lanes.down(far, far - REACH, level, to.y, edge.target) ?? far;
  return [from, { x: out, y: from.y }, { x: out, y: level }, { x: into, y: level }, { x: into, y: to.y }, to];
}

function between(one: number, other: number): number {
  return (one + other) / 2;
}

/** What has not changed since `before` is the same object, so that it is not drawn again. */
export function kept(wires: Wire[], before: readonly Wire[]): Wire[] {
  const known = new Map(before.map((wire) => [wire.id, wire]));
  return wires.map((wire) => {
    const old = known.get(wire.id);
    return old !== undefined && isSameWire(wire, old) ? old : wire;
  });
}

function isSameWire(wire: Wire, old: Wire): boolean {
  const isSamePlace = (one: Position, other: Position | undefined) => one.x === other?.x && one.y === other.y;
  return (
    wire.edge === old.edge &&
    wire.chained === old.chained &&
    wire.points.length === old.points.length &&
    wire.over.length === old.over.length &&
    wire.points.every((point, index) => isSamePlace(point, old.points[index])) &&
    wire.over.every(({ at, level }, index) => level === old.over[index]?.level && isSamePlace(at, old.over[index]?.at))
  );
}

/** Drop corners that are none. */
function tidy(points: Position[]): Position[] {
  return points.filter((point, index) => {
    const before = points[index - 1];
    const after = points[index + 1];
    if (before === undefined || after === undefined) return true;
    return !((before.x === point.x && point.x === after.x) || (before.y === point.y && point.y === after.y));
  });
}

type Segment = { wire: number; target: string; a: Position; b: Position };

/** The later wire passes over the earlier one; wires to one target meet instead of crossing. */
function withCrossings(wires: Wire[]): Wire[] {
  const upright = new Bands<Segment>(64);
  const level: Segment[] = [];
  wires.forEach((wire, index) => {
    for (const [a, b] of pairs(wire.points)) {
      const segment = { wire: index, target: wire.edge.target, a, b };
      if (a.y === b.y) level.push(segment);
      else upright.add(a.x, a.x, segment);
    }
  });
  const over = wires.map((): Crossing[] => []);
  for (const flat of level) {
    const [left, end] = [Math.min(flat.a.x, flat.b.x), Math.max(flat.a.x, flat.b.x)];
    upright.some(left, end, (steep) => {
      if (crosses(flat, steep, left, end)) {
        const isLevel = flat.wire > steep.wire;
        over[isLevel ? flat.wire : steep.wire]?.push({ at: { x: steep.a.x, y: flat.a.y }, level: isLevel });
      }
      return false;
    });
  }
  return wires.map((wire, index) => ({ ...wire, over: over[index] ?? [] }));
}

function crosses(flat: Segment, steep: Segment, left: number, end: number): boolean {
  if (steep.target === flat.target || steep.wire === flat.wire) return false;
  if (steep.a.x <= left + 1 || steep.a.x >= end - 1) return false;
  return flat.a.y > Math.min(steep.a.y, steep.b.y) + 1 && flat.a.y < Math.max(steep.a.y, steep.b.y) - 1;
}

export function pairs(points: Position[]): [Position, Position][] {
  return points.flatMap((point, index): [Position, Position][] => {
    const next = points[index + 1];
    return next === undefined ? [] : [[point, next]];
  });
}

/** The middle of the longest stretch: where a wire's buttons are. */
export function middleOf(points: Position[]): Position {
  const longest = pairs(points).toSorted((one, other) => lengthOf(other) - lengthOf(one))[0];
  if (longest === undefined) return points[0] ?? { x: 0, y: 0 };
  const [a, b] = longest;
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function lengthOf([a, b]: [Position, Position]): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

/** An SVG path through the corners, rounded. */
export function pathOf(points: Position[], radius: number): string {
  const [start, ...rest] = points;
  if (start === undefined) return '';
  let path = `M${spot(start)}`;
  rest.forEach((point, index) => {
    const before = points[index];
    const after = rest[index + 1];
    if (before === undefined || after === undefined) {
      path += `L${spot(point)}`;
      return;
    }
    const bend = Math.min(radius, lengthOf([before, point]) / 2, lengthOf([point, after]) / 2);
    path += `L${spot(towards(point, before, bend))}Q${spot(point)} ${spot(towards(point, after, bend))}`;
  });
  return path;
}

function towards(from: Position, to: Position, by: number): Position {
  return { x: from.x + Math.sign(to.x - from.x) * by, y: from.y + Math.sign(to.y - from.y) * by };
}

function spot({ x, y }: Position): string {
  return `${String(x)} ${String(y)}`;
}

export function boxAround(boxes: Box[]): Box {
  if (boxes.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return { x, y, width: Math.max(...boxes.map(right)) - x, height: Math.max(...boxes.map(bottom)) - y };
}
