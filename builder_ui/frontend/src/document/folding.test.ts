// A folded frame stands for what it holds, and no wire that leaves or enters it is lost.
import { describe, expect, it } from 'vitest';
import { flow, types } from '../test/types';
import { cardsOf } from './drawing';
import { folded, realFrom } from './folding';
import { route } from './routing';

const words = { title: () => 'Começo', count: () => '2 etapas' };
const frame = { id: 'f1', nodes: ['ola', 'menu'], collapsed: true };
const cards = cardsOf(flow(), types, 'pt-BR');
const drawn = folded([frame], cards, flow().edges, words);

describe('a folded frame', () => {
  it('is one card in the place of its steps', () => {
    expect([...drawn.cards.keys()]).toEqual(['inicio', 'fim', 'frame:f1']);
    expect(drawn.cards.get('frame:f1')!.box).toMatchObject({ x: 0, y: 106 });
  });

  it('shows the wires that cross its border, from ways out of their own', () => {
    expect(drawn.edges).toEqual([
      { source: 'inicio', port: 'next', target: 'frame:f1' },
      { source: 'frame:f1', port: 'menu:a', target: 'fim' },
    ]);
    expect(drawn.cards.get('frame:f1')!.ports.map((port) => port.title)).toEqual(['Vendas']);
    expect(route(drawn.cards, drawn.edges)).toHaveLength(2);
  });

  it('knows which wire of the document each of them is', () => {
    expect(drawn.edges.map(realFrom).map(({ source, port }) => `${source}:${port}`)).toEqual(['inicio:next', 'menu:a']);
  });

  it('that is open changes nothing', () => {
    expect(folded([{ ...frame, collapsed: false }], cards, flow().edges, words).cards).toBe(cards);
  });
});
