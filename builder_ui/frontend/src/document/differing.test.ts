// What a publication would change, in words; and the words on cards.
import { expect, test } from 'vitest';
import { flow, types } from '../test/types';
import { differing } from './differing';
import { fill } from './summary';
import { likelyWay, piecesOf } from './template';

const question = (retries: number) => ({ id: 'q', type: 'question', params: { text: 'Qual?', retries }, position: { x: 0, y: 0 } });

test('a step that only moved does not differ', () => {
  const before = flow();
  const moved = flow({ nodes: before.nodes.map((node) => ({ ...node, position: { x: 999, y: 9 } })) });
  expect(differing(before, moved, types, 'pt-BR')).toEqual([]);
});

test('a changed field is told with what was and what will be, a step by its being new or gone', () => {
  const before = flow({ nodes: [question(1)], edges: [] });
  expect(differing(before, flow({ nodes: [question(2)], edges: [] }), types, 'en')).toEqual([
    { kind: 'changed', node: question(2), fields: [{ title: 'Retries', before: '1', after: '2' }] },
  ]);
  const other = { ...question(1), id: 'r' };
  const kinds = differing(before, flow({ nodes: [other], edges: [] }), types, 'en').map(({ kind }) => kind);
  expect(kinds).toEqual(['new', 'removed']);
});

test('a wire is told by where it leads, an option by its title', () => {
  const menu = (...titles: string[]) => ({ id: 'm', type: 'menu', params: { text: '?', options: titles.map((title) => ({ id: title, title })) }, position: { x: 0, y: 0 } });
  const before = flow({ nodes: [menu('A'), question(1)], edges: [] });
  const after = flow({ nodes: [menu('A', 'B'), question(1)], edges: [{ source: 'm', port: 'B', target: 'q' }] });
  const [change] = differing(before, after, types, 'pt-BR');
  expect(change?.fields).toEqual([
    { title: 'Opções', before: '', after: 'B' },
    { title: 'B', before: '', after: '→ Pergunta' },
  ]);
});

test('a number on a card takes the word that goes with it', () => {
  const said = (retries: number) =>
    fill('após {retries} {retries|nova tentativa|novas tentativas}', types.types['question'] ?? {}, question(retries), types, 'pt-BR', flow());
  expect([said(1), said(2)]).toEqual(['após 1 nova tentativa', 'após 2 novas tentativas']);
});

test('of an if with its else a card shows one way', () => {
  const text = '{% if contact.name %}{{ contact.name }}, já{% else %}Já{% endif %} chamei';
  expect(likelyWay(piecesOf(text)).map((piece) => (piece.kind === 'text' ? piece.text : '…')).join('')).toBe('…, já chamei');
});
