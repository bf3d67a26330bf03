// What changes promise: each can be taken back exactly, and undo walks the whole way home.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flow } from '../test/types';
import { apply, invert, type Change } from './changes';
import { edit, noHistory, redo, undo, type Edited } from './history';

const ids = ['inicio', 'ola', 'menu', 'fim'];
const id = fc.constantFrom(...ids);
const place = fc.record({ x: fc.integer(), y: fc.integer() });
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('removeNodes' as const), ids: fc.uniqueArray(id, { maxLength: 3 }) }),
  fc.record({ kind: fc.constant('moveNodes' as const), positions: fc.dictionary(id, place) }),
  fc.record({ kind: fc.constant('setParams' as const), id, params: fc.dictionary(fc.string(), fc.integer()) }),
  fc.record({ kind: fc.constant('setLabel' as const), id, label: fc.option(fc.string()) }),
  fc.record({
    kind: fc.constant('wire' as const),
    source: id,
    port: fc.constantFrom('next', 'a', 'b'),
    target: fc.option(id),
  }),
  fc.record({ kind: fc.constant('rename' as const), name: fc.string() }),
  fc.record({
    kind: fc.constant('putNote' as const),
    note: fc.record({ id: fc.constantFrom('n1', 'n2'), text: fc.string(), position: place }),
  }),
);

describe('a change', () => {
  it('is taken back exactly by its inverse', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), (changes) => {
        const before = { ...flow(), notes: [] };
        const all: Change = { kind: 'all', changes };
        expect(apply(apply(before, all), invert(before, all))).toEqual(before);
      }),
    );
  });

  it('removes a node with its wires and puts them back in their old places', () => {
    const removed = apply(flow(), { kind: 'removeNodes', ids: ['ola'] });
    expect(removed.edges).toEqual([{ source: 'menu', port: 'a', target: 'fim' }]);
    expect(apply(removed, invert(flow(), { kind: 'removeNodes', ids: ['ola'] }))).toEqual(flow());
  });
});

describe('undo', () => {
  it('walks all the way back and redo all the way forth', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const start: Edited = { document: { ...flow(), notes: [] }, history: noHistory };
        const end = changes.reduce<Edited>((here, each) => edit(here, each, 0), start);
        const home = changes.reduce<Edited>((here) => undo(here), end);
        expect(home.document).toEqual(start.document);
        expect(changes.reduce<Edited>((here) => redo(here), home).document).toEqual(end.document);
      }),
    );
  });

  it('takes what was typed in one go as one step', () => {
    const start = { document: flow(), history: noHistory };
    const typed = ['O', 'Oi', 'Oi!'].reduce(
      (here, label, index) => edit(here, { kind: 'setLabel', id: 'ola', label }, index * 100, 'label:ola'),
      start,
    );
    expect(typed.history.done).toHaveLength(1);
    expect(undo(typed).document).toEqual(flow());
  });
});
