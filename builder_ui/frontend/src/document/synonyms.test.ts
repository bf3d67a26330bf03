// One word more that an option understands: a change of the document like any other.
import { describe, expect, it } from 'vitest';
import { flow, types } from '../test/types';
import { apply, invert } from './changes';
import type { FlowNode } from './flow';
import { bare, fits, optionFor, optionsOf, withSynonym } from './synonyms';

const menu: FlowNode = {
  id: 'ask',
  type: 'menu',
  params: { text: 'Como podemos ajudar?', options: [{ id: 'vendas', title: 'Vendas', synonyms: ['comprar'] }, { id: 'suporte', title: 'Suporte' }] },
};
const question: FlowNode = { id: 'mail', type: 'question', params: { text: 'E-mail?', answer_type: 'email' } };
const document = flow({ nodes: [menu, question], edges: [] });

describe('a synonym', () => {
  it('is put beside those the option has, and undo takes it away', () => {
    const change = withSynonym(document, types, 'ask', 'suporte', '  não   funciona ');
    if (change === null) throw new Error('no change');
    const after = apply(document, change);
    expect(after.nodes[0]?.params['options']).toEqual([
      { id: 'vendas', title: 'Vendas', synonyms: ['comprar'] },
      { id: 'suporte', title: 'Suporte', synonyms: ['não funciona'] },
    ]);
    expect(apply(after, invert(document, change))).toEqual(document);
  });

  it('is for steps that are there and have such an option', () => {
    expect(withSynonym(document, types, 'gone', 'suporte', 'x')).toBeNull();
    expect(withSynonym(document, types, 'ask', 'gone', 'x')).toBeNull();
    expect(withSynonym(document, types, 'mail', 'answered', 'x')).toBeNull();
  });

  it('is no longer than the schema has room for', () => {
    expect(fits(types, menu, 'vendas', 'á'.repeat(80))).toBe(true);
    expect(fits(types, menu, 'vendas', 'á'.repeat(81))).toBe(false);
    const full = { ...menu, params: { options: [{ id: 'vendas', title: 'Vendas', synonyms: Array.from({ length: 50 }, String) }] } };
    expect(fits(types, full, 'vendas', 'mais um')).toBe(false);
  });

  it('is found again however it is written', () => {
    expect(optionFor(types, menu, 'COMPRAR!!')?.title).toBe('Vendas');
    expect(optionFor(types, menu, '*suporte*')?.title).toBe('Suporte');
    expect(optionFor(types, menu, 'pagar')).toBeNull();
    expect(bare(' “1)” Não, OBRIGADO. ')).toBe('“1)” nao, obrigado');
  });

  it('is asked for where there are options alone', () => {
    expect(optionsOf(types, menu)?.map((option) => option.title)).toEqual(['Vendas', 'Suporte']);
    expect(optionsOf(types, question)).toBeNull();
    expect(optionsOf(types, undefined)).toBeNull();
  });
});
