// Operands that a condition offers: spelled out by what flow and account have, with the operators and values that fit.
import { describe, expect, it } from 'vitest';
import { flow, types } from '../test/types';
import { meant, operatorsFor, subjectOf, subjectsOf } from './operands';
import type { NodeTypes } from './schema';

const account: NodeTypes = {
  ...types,
  things: {
    field: [
      { slug: 'cidade', name: 'Cidade', type: 'text', choices: [] },
      { slug: 'plano', name: 'Plano', type: 'choice', choices: [{ slug: 'ouro', name: 'Ouro' }] },
    ],
    tag: [{ slug: 'vip', name: 'VIP', color: '#000000', alias_of: null }, { slug: 'top', name: 'VIP', color: '#000000', alias_of: 'vip' }],
    team: [{ slug: 'vendas', name: 'Vendas' }],
    pipeline: [{ slug: 'vendas', name: 'Vendas' }],
    stage: [{ slug: 'vendas/novo', name: 'Novo', pipeline: 'vendas' }],
  },
};
const around = { document: flow(), types: account, language: 'pt-BR' as const };
const subjects = subjectsOf(around);
const named = (id: string) => subjectOf(id, subjects, around);

describe('what a condition can look at', () => {
  it('names the members of families after account, flow and catalogues', () => {
    expect(named('contact.fields.cidade').title).toBe('Campo do contato: Cidade');
    expect(named('hours.team:vendas').title).toBe('Dentro do horário da equipe: Vendas');
    expect(named('answers.menu').title).toBe('Resposta de: Como ajudar?');
    expect(named('vars.motivo').title).toBe('Variável: motivo');
    expect(named('contact.happened:link.clicked').title).toBe('Última vez de: Link clicado');
    expect(named('contact.consent:whatsapp').choices).toEqual([
      { value: 'in', title: 'aceitou' },
      { value: 'out', title: 'recusou' },
    ]);
  });

  it('offers the values there are', () => {
    expect(named('contact.fields.plano').choices).toEqual([{ value: 'ouro', title: 'Ouro' }]);
    expect(named('contact.tags').choices).toEqual([{ value: 'vip', title: 'VIP' }]);
    expect(named('deal.stage').choices).toEqual([{ value: 'vendas/novo', title: 'Vendas › Novo' }]);
    expect(named('contact.name').choices).toBeNull();
  });

  it('offers the operators of the type, and the past only where it is kept', () => {
    const ids = (id: string) => operatorsFor(named(id), account, 'pt-BR').map((each) => each.id);
    expect(ids('contact.segment:x')).toEqual(['is_true', 'is_false']);
    expect(ids('contact.fields.plano')).toContain('in');
    expect(ids('contact.score')).toContain('was_ever');
    expect(ids('conversation.priority')).not.toContain('was_ever');
  });

  it('says some operators in words of its own', () => {
    const verbs = operatorsFor(named('contact.happened:link.clicked'), account, 'pt-BR');
    expect(verbs.find((each) => each.id === 'is_known')?.title).toBe('já aconteceu');
  });

  it('keeps what the account no longer has', () => {
    expect(named('contact.fields.sumiu').title).toBe('Campo do contato: sumiu');
  });

  it('reads numbers as numbers, and templates as texts', () => {
    expect(meant('3,5', 'number')).toBe(3.5);
    expect(meant('{{ vars.x }}', 'number')).toBe('{{ vars.x }}');
    expect(meant('3', 'text')).toBe('3');
  });
});
