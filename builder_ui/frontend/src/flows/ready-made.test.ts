// What comes along when a new flow begins as a ready-made one.
import { expect, it } from 'vitest';
import type { FlowDocument } from '../document/flow';
import { at } from '../document/json';
import type { NodeTypes } from '../document/schema';
import { bundleOf, named } from './ready-made';

function flow(key: string, calls: string[]): FlowDocument {
  const nodes = calls.map((each, place) => ({ id: `n${String(place)}`, type: 'call_flow', params: { flow: each } }));
  return { format: 'flowengine/flow', format_version: 1, kind: 'chatbot', key, name: key, settings: {}, nodes, edges: [] };
}
const types: NodeTypes = { groups: [], types: { call_flow: { properties: { flow: { 'x-ref': 'flow' } } } }, flow: {}, definitions: {} };
const ready = (document: FlowDocument) => ({ key: document.key, name: document.name, description: '', kind: 'chatbot', nodes: 1, document, references: [{ kind: 'tag', slug: document.key, name: '' }, { kind: 'team', slug: 'vendas', name: '' }] });

it('brings the flows it calls, and those they call, once each', () => {
  const offered = [flow('a', ['b']), flow('b', ['c', 'a']), flow('c', []), flow('d', [])];
  const bundle = bundleOf(ready(flow('a', ['b'])), 'A', offered.map(ready), types);
  const keys = [0, 1, 2, 3].map((place) => at(bundle, ['flows', String(place), 'document', 'key']));
  expect(keys).toEqual(['a', 'b', 'c', undefined]);
});

it('brings what the flows name of their account, once each, whatever the first is called', () => {
  const offered = [flow('a', ['b']), flow('b', []), flow('c', [])].map(ready);
  const bundle = bundleOf(ready(flow('a', ['b'])), 'Recepção', offered, types);
  const slugs = [0, 1, 2, 3].map((place) => at(bundle, ['references', String(place), 'slug']));
  expect(slugs).toEqual(['a', 'vendas', 'b', undefined]);
});

it('is called as its author says, under a key of that', () => {
  expect(named(flow('a', []), 'Recepção da loja!')).toMatchObject({ name: 'Recepção da loja!', key: 'recepcao-da-loja' });
  expect(named(flow('a', []), '???')).toMatchObject({ key: 'a' });
});
