// What a flow names is found in every place it may be named: fields, texts, conditions.
import { describe, expect, it } from 'vitest';
import { flow, types } from '../test/types';
import type { FlowNode } from './flow';
import { usesIn } from './uses';

const nodes: FlowNode[] = [
  { id: 'menu', type: 'menu', label: 'Assunto', params: { text: 'Qual?', options: [{ id: 'a', title: 'A' }], save_to: 'motivo' } },
  { id: 'diz', type: 'message', params: { parts: [{ kind: 'text', text: 'Sobre {{ vars.motivo }}, {{ contact.fields.cpf }}: {{ answers.menu }}' }] } },
  { id: 'marca', type: 'tags', params: { on: 'contact', add: ['vip', 'lead'] } },
  {
    id: 'se',
    type: 'condition',
    params: { branches: [{ id: 'x', title: 'X', when: { all: [{ left: 'contact.tags', op: 'contains', right: 'vip' }, { left: 'hours.team:vendas', op: 'is', right: true }] } }] },
  },
];
const used = usesIn(flow({ nodes, edges: [] }), types, 'pt-BR');
const stepsOf = (kind: string, slug: string) => used.find((use) => use.kind === kind && use.slug === slug)?.steps;

describe('where it is used', () => {
  it('tells of a variable who gives it its value and who reads it', () => {
    expect(stepsOf('vars', 'motivo')).toEqual([{ id: 'menu', saves: true }, { id: 'diz', saves: false }]);
  });

  it('finds answers by the name of their step, and fields of the contact in texts', () => {
    expect(used.find((use) => use.kind === 'answers')?.title).toBe('Assunto');
    expect(stepsOf('field', 'cpf')).toEqual([{ id: 'diz', saves: false }]);
  });

  it('finds a tag that one step puts on and another asks for, and a team whose hours are looked at', () => {
    expect(stepsOf('tag', 'vip')?.map((step) => step.id)).toEqual(['marca', 'se']);
    expect(stepsOf('tag', 'lead')?.map((step) => step.id)).toEqual(['marca']);
    expect(stepsOf('team', 'vendas')?.map((step) => step.id)).toEqual(['se']);
  });
});
