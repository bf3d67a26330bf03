// What is drawn of a large flow while one moves: what is in view, a few more each frame.
import { describe, expect, it } from 'vitest';
import { cardsOf, type Cards } from '../document/drawing';
import type { Edge, FlowNode } from '../document/flow';
import { route } from '../document/routing';
import { flow, types } from '../test/types';
import type { DetailLevel } from './detail';
import { look, nothingSeen, type Onlooker, type Sight } from './sight';

const ids = Array.from({ length: 400 }, (_, index) => `n${String(index)}`);
const nodes: FlowNode[] = ids.map((id, index) => ({
  id,
  type: 'message',
  params: {},
  position: { x: (index % 20) * 400, y: Math.floor(index / 20) * 300 },
}));
const edges: Edge[] = ids.slice(1).map((target, index) => ({ source: ids[index]!, port: 'out', target }));
const cards: Cards = cardsOf(flow({ nodes, edges }), types, 'en');
const wires = route(cards, edges);
const near: Onlooker = { view: { x: 0, y: 0, width: 1400, height: 800 }, detail: 'full', isFar: false, near: null };
const far: Onlooker = { view: { x: 0, y: 0, width: 14_000, height: 9_000 }, detail: 'tile', isFar: false, near: null };
const whole = (detail: DetailLevel): Onlooker => ({ view: null, detail, isFar: false, near: null });

function settled(onlooker: Onlooker, before: Sight = nothingSeen): Sight {
  const next = look(before, cards, wires, onlooker);
  return next === before ? next : settled(onlooker, next);
}

describe('what is drawn', () => {
  it('is in the end all that is in view, and nothing else', () => {
    const inView = [...cards.values()].filter(({ box }) => box.x < 1400 && box.y < 800).map((card) => card.node.id);
    expect([...settled(near).cards.keys()].toSorted()).toEqual(inView.toSorted());
    expect(settled(near)).toMatchObject({ waiting: [], isWhole: true });
    expect(settled(far).cards.size).toBe(400);
    expect(settled(far).wires.size).toBe(wires.length);
  });

  it('grows by some cards a frame; of the others the outlines are known at once', () => {
    const first = look(nothingSeen, cards, wires, far);
    const second = look(first, cards, wires, far);
    expect(first.cards.size).toBeLessThan(50);
    expect(first.cards.size + first.waiting.length).toBe(400);
    expect(second.cards.size).toBe(2 * first.cards.size);
    expect([...first.cards.keys()].every((id) => second.cards.has(id))).toBe(true);
  });

  it('goes when it is out of view', () => {
    const away: Onlooker = { ...near, view: { x: 50_000, y: 0, width: 1400, height: 800 } };
    expect(look(settled(near), cards, wires, away)).toMatchObject({ cards: new Map(), wires: new Set() });
  });

  it('tells more from near, of some cards a frame as well', () => {
    const levels = (sight: Sight) => [...sight.cards.values()];
    const before = settled(whole('name'));
    const after = look(before, cards, wires, whole('full'));
    expect(levels(before)).toEqual(ids.map((): DetailLevel => 'name'));
    expect(levels(after)).toContain('name');
    expect(levels(after)).toContain('full');
    expect(levels(settled(whole('full'), after))).toEqual(ids.map((): DetailLevel => 'full'));
  });

  it('is the same object as long as nothing comes or goes', () => {
    const sight = settled(near);
    expect(look(sight, cards, wires, { ...near, view: { x: 1, y: 1, width: 1400, height: 800 } })).toBe(sight);
  });
});

describe('a large flow from afar', () => {
  const away: Onlooker = { ...far, isFar: true };

  it('is no cards at all, save the one that the hand is over', () => {
    expect(settled(away)).toMatchObject({ cards: new Map(), wires: new Set(), isFar: true });
    expect([...settled({ ...away, near: 'n7' }).cards]).toEqual([['n7', 'tile']]);
  });

  it('lets go of its cards and wires some a frame, and has them again from nearer', () => {
    const first = look(settled(far), cards, wires, away);
    expect(first.cards.size).toBeGreaterThan(300);
    expect(first).toMatchObject({ isWhole: false, isFar: true });
    const back = settled(far, settled(away, first));
    expect(back.cards.size).toBe(400);
    expect(back).toMatchObject({ isWhole: true, isFar: false });
  });
});

describe('a small flow', () => {
  it('is drawn whole at once, wherever one looks', () => {
    const sight = look(nothingSeen, cards, wires, whole('full'));
    expect(sight).toMatchObject({ waiting: [], isWhole: true });
    expect(sight.cards.size).toBe(400);
    expect(sight.wires.size).toBe(wires.length);
  });
});
