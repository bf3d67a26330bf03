// What changes promise: each can be taken back exactly, and undo walks the whole way home.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flow, types } from '../test/types';
import { canonical } from './canonical';
import { apply, invert, type Change } from './changes';
import { clipOf } from './clipboard';
import { append, insertCopies, newNode, remove, setParams } from './edits';
import type { FlowDocument } from './flow';
import { framed, unframed } from './frames';
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
  fc.record({ kind: fc.constant('removeNote' as const), id: fc.constantFrom('n1', 'n2') }),
  fc.record({
    kind: fc.constant('setFrames' as const),
    frames: fc.option(fc.array(fc.record({ id: fc.constantFrom('f1', 'f2'), nodes: fc.uniqueArray(id) }), { maxLength: 2 })),
  }),
);

type Act = (document: FlowDocument) => Change;
const some = (document: FlowDocument, by: number) => document.nodes[by % document.nodes.length]?.id ?? 'ola';
/** What an author does at the canvas, on whatever is there by then. */
const act: fc.Arbitrary<Act> = fc.oneof(
  change.map((each): Act => () => each),
  fc.record({ type: fc.constantFrom('message', 'menu', 'condition', 'transfer'), by: fc.nat() }).map(
    ({ type, by }): Act => (document) => {
      const source = some(document, by);
      const port = document.edges.find((edge) => edge.source === source)?.port ?? 'next';
      return append(document, types, newNode(document, types, type, { x: by, y: 0 }), { source, port });
    },
  ),
  fc.nat().map((by): Act => (document) => remove(document, [some(document, by)])),
  fc.nat().map((by): Act => (document) => setParams(document, types, some(document, by), { options: [{ id: 'c', title: 'Outra' }] })),
  fc.nat().map((by): Act => (document) => framed(document, [some(document, by)], 'Parte').change),
  fc.nat().map((by): Act => (document) => unframed(document, [`f${String(by % 3)}`])),
  fc.nat().map((by): Act => (document) => insertCopies(document, clipOf(document, new Set(document.nodes.slice(0, 1 + (by % 3)).map((node) => node.id))), { x: 324, y: 0 }).change),
);

describe('a change', () => {
  it('is taken back exactly by its inverse', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), (changes) => {
        const before = flow();
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
        const start: Edited = { document: flow(), history: noHistory };
        const end = changes.reduce<Edited>((here, each) => edit(here, each, 0), start);
        const home = changes.reduce<Edited>((here) => undo(here), end);
        expect(home.document).toEqual(start.document);
        expect(changes.reduce<Edited>((here) => redo(here), home).document).toEqual(end.document);
      }),
    );
  });

  it('of 200 mixed changes gives back the document byte for byte', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 200, maxLength: 200 }), (acts) => {
        const start: Edited = { document: flow(), history: noHistory };
        const end = acts.reduce<Edited>((here, each) => edit(here, each(here.document), 0), start);
        expect(end.history.done).toHaveLength(200);
        expect(canonical(acts.reduce<Edited>((here) => undo(here), end).document)).toBe(canonical(flow()));
      }),
      { numRuns: 30 },
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
