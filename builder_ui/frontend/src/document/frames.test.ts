// Frames hold what lies in them; cards line up and share the room between them.
import { describe, expect, it } from 'vitest';
import { flow } from '../test/types';
import { aligned, spread } from './aligning';
import type { Box } from './card';
import { apply, invert } from './changes';
import { afterMove, frameBox, framed, unframed } from './frames';

const box = (x: number, y: number): Box => ({ x, y, width: 100, height: 50 });
const cards = (places: Record<string, Box>) => new Map(Object.entries(places).map(([id, each]) => [id, { box: each }]));
const resting = cards({ inicio: box(0, 0), ola: box(0, 100), menu: box(0, 200), fim: box(900, 0) });

function withFrame(...ids: string[]) {
  const before = flow();
  return apply(before, framed(before, ids, 'Boas-vindas').change);
}

describe('a frame', () => {
  it('is drawn around what it holds, with room for its title', () => {
    const [frame] = withFrame('inicio', 'ola').frames!;
    const drawn = frameBox(frame!, resting)!;
    expect(drawn.x).toBeLessThan(0);
    expect(drawn.y).toBeLessThan(-20);
    expect(drawn.y + drawn.height).toBeGreaterThan(150);
  });

  it('lets its steps go into a new frame, and is gone with the last', () => {
    const first = withFrame('inicio', 'ola');
    const second = apply(first, framed(first, ['inicio', 'ola'], 'Outra').change);
    expect(second.frames!.map(({ label, nodes }) => [label, nodes])).toEqual([['Outra', ['inicio', 'ola']]]);
  });

  it('loses the step that is removed, and has it again when that is undone', () => {
    const before = withFrame('inicio', 'ola');
    const remove = { kind: 'removeNodes' as const, ids: ['ola'] };
    const after = apply(before, remove);
    expect(after.frames![0]!.nodes).toEqual(['inicio']);
    expect(apply(after, invert(before, remove))).toEqual(before);
  });

  it('takes in what is dropped on it and lets go what is dragged out', () => {
    const before = withFrame('inicio', 'menu');
    const dropped = cards({ inicio: box(0, 0), ola: box(0, 110), menu: box(600, 200), fim: box(900, 0) });
    const change = afterMove(before, resting, dropped, new Set(['ola', 'menu']))!;
    expect(apply(before, change).frames![0]!.nodes).toEqual(['inicio', 'ola']);
  });

  it('goes whole without losing anything', () => {
    const before = withFrame('inicio', 'ola');
    const away = cards({ inicio: box(900, 0), ola: box(900, 100), menu: box(0, 200), fim: box(900, 0) });
    expect(afterMove(before, resting, away, new Set(['inicio', 'ola']))).toBeNull();
  });

  it('leaves its steps where they are when it is taken away', () => {
    const before = withFrame('inicio');
    expect(apply(before, unframed(before, ['f1']))).toEqual({ ...flow(), frames: [] });
  });
});

describe('aligning', () => {
  const boxes = new Map([['a', box(0, 0)], ['b', { ...box(40, 80), width: 200 }], ['c', box(500, 400)]]);

  it('brings a side to the outermost', () => {
    expect(Object.values(aligned(boxes, 'left')).map(({ x }) => x)).toEqual([0, 0, 0]);
    expect(Object.values(aligned(boxes, 'right')).map(({ x }) => x)).toEqual([500, 400, 500]);
    expect(Object.values(aligned(boxes, 'middle')).map(({ y }) => y)).toEqual([200, 200, 200]);
  });

  it('leaves the same room between each and the next', () => {
    expect(spread(boxes, 'across')).toEqual({ a: { x: 0, y: 0 }, b: { x: 200, y: 80 }, c: { x: 500, y: 400 } });
    expect(spread(new Map([...boxes].slice(0, 2)), 'down')).toEqual({});
  });
});
