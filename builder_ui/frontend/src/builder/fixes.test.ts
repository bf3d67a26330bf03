// Every kind of fix the checker offers is a change that can be taken back.
import { describe, expect, it } from 'vitest';
import { apply, invert } from '../document/changes';
import type { Finding } from '../document/flow';
import type { JsonObject } from '../document/json';
import { flow } from '../test/types';
import { fixFor } from './fixes';

function finding(fix: JsonObject | null): Finding {
  return { code: 'F100', severity: 'error', node: 'menu', edge: null, pointer: null, message: { 'pt-BR': '', en: '' }, fix };
}

const settings = { default_team: 'vendas' };
const fixes: JsonObject[] = [
  { kind: 'removeEdge', source: 'menu', port: 'a', target: 'fim' },
  { kind: 'connect', source: 'menu', port: 'no_reply', target: 'fim' },
  { kind: 'removeNode', node: 'fim' },
  { kind: 'setParams', node: 'fim', params: { outcome: 'outro' } },
  { kind: 'setSettings', settings },
];

describe('a fix', () => {
  it.each(fixes)('is a change of the document, and is taken back: $kind', (fix) => {
    const before = flow();
    const found = fixFor(finding(fix));
    const after = apply(before, found!.change);
    expect(after).not.toEqual(before);
    expect(apply(after, invert(before, found!.change))).toEqual(before);
  });

  it('takes the wires away that leave by what it removes', () => {
    const before = flow();
    const menu = before.nodes.find((node) => node.id === 'menu')!;
    const params = { ...menu.params, options: [{ id: 'b', title: 'Suporte' }] };
    const after = apply(before, fixFor(finding({ kind: 'setParams', node: 'menu', params, unwire: ['a'] }))!.change);
    expect(after.edges.filter((edge) => edge.source === 'menu').map((edge) => edge.port)).toEqual(['b']);
  });

  it('of a kind invented later is not offered', () => {
    expect(fixFor(finding({ kind: 'paintBlue' }))).toBeNull();
    expect(fixFor(finding(null))).toBeNull();
  });
});
