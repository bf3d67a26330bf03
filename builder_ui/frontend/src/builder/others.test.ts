// Passing signs become a list of who is here, a person once, and it empties by itself.
import { describe, expect, it } from 'vitest';
import type { Here } from '../live';
import { after, people, stillHere, type Other } from './others';

const sign = (more: Partial<Here>): Here => ({ flow: 'f', screen: 'a', member: 'bia', who: 'Bia', what: 'stays', step: null, ...more });

describe('who is here', () => {
  it('comes, moves, and leaves by its own sign', () => {
    const came = after([], sign({ what: 'came' }), 'ana', 1);
    const moved = after(came, sign({ step: 'menu' }), 'ana', 2);
    expect(moved).toEqual([{ screen: 'a', member: 'bia', name: 'Bia', step: 'menu', heard: 2 }]);
    expect(after(moved, sign({ what: 'leaves' }), 'ana', 3)).toEqual([]);
  });

  it('is nobody else in one’s own second window', () => {
    expect(after([], sign({ member: 'ana' }), 'ana', 1)).toEqual([]);
  });

  it('is forgotten after two signs that did not come, and the list stays the same while all are here', () => {
    const others: readonly Other[] = after([], sign({}), 'ana', 1000);
    expect(stillHere(others, 50_000)).toBe(others);
    expect(stillHere(others, 51_001)).toEqual([]);
  });

  it('counts a person with two windows once, by the one that has a step', () => {
    const others = after(after([], sign({}), 'ana', 1), sign({ screen: 'b', step: 'menu' }), 'ana', 1);
    expect(people(others).map(({ member, step }) => [member, step])).toEqual([['bia', 'menu']]);
  });
});
