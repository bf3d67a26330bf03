// A click in an answer becomes a path and a variable of its own.
import { describe, expect, it } from 'vitest';
import { exampleOf, keepingOf, keptAs, meantBy, namedIn, nameFor, pathTo, toggled, typeOf } from './mapping';
import { types } from '../test/types';

const keeping = keepingOf(types.types['http_request']?.['x-trial'])!;

describe('the path to a value', () => {
  it.each([
    [[], '$'],
    [['pedido', 'status'], '$.pedido.status'],
    [['itens', 0, 'preço'], '$.itens[0].preço'],
    [['nome completo', '7', 'x-id'], "$['nome completo']['7'].x-id"],
    [["d'água", 'a\\b'], "$['d\\'água']['a\\\\b']"],
  ])('%j is %s', (way, path) => {
    expect(pathTo(way)).toBe(path);
  });
});

describe('the variable it is kept under', () => {
  it.each([
    [['pedido', 'status'], [], 'status'],
    [['pedido', 'status'], ['status'], 'pedido_status'],
    [['pedido', 'status'], ['status', 'pedido_status', 'status_2'], 'status_3'],
    [['endereço', 'Código Postal'], [], 'codigo_postal'],
    [['trackingCode'], [], 'tracking_code'],
    [['itens', 2], [], 'itens'],
    [['123'], [], 'loja'],
    [[], ['loja'], 'loja_2'],
  ])('%j beside %j is %s', (way, taken, name) => {
    expect(nameFor(way, taken, 'loja')).toBe(name);
  });

  it('has the type of its value', () => {
    expect([true, 1.5, 'a', [1], { a: 1 }, null].map(typeOf)).toEqual(['yes_no', 'number', 'text', 'list', 'any', 'any']);
  });
});

describe('a click', () => {
  it('keeps the value, and a second click keeps it no more', () => {
    const once = toggled([{ path: '$.a', save_to: 'a' }], keeping, ['total'], 12, ['a'], 'loja');
    expect(once).toEqual([{ path: '$.a', save_to: 'a' }, { path: '$.total', save_to: 'total', type: 'number' }]);
    expect(keptAs(once, keeping, '$.total')).toBe('total');
    expect(toggled(once, keeping, ['total'], 12, ['a', 'total'], 'loja')).toEqual([{ path: '$.a', save_to: 'a' }]);
  });
});

describe('what a step names', () => {
  it('is found in texts at any depth, and only within braces', () => {
    const params = { url: 'https://x/{{ vars.pedido }}?vars.no', query: [{ value: '{% if answers.menu %}{{ vars.a | upper }}{% endif %}' }], n: 3, body: '{{ contact.fields.cpf }}{{ contact.name | first_name }}' };
    expect(namedIn(params)).toEqual(['vars.pedido', 'answers.menu', 'vars.a', 'contact.fields.cpf', 'contact.name']);
  });
});

describe('an example', () => {
  it('says each value where a try wants it', () => {
    const given = { 'vars.total': '12.5', 'answers.menu': 'vendas', 'contact.fields.cpf': '012', 'contact.name': 'Ana', 'vars.vazia': '' };
    expect(exampleOf(given)).toEqual({ known: { total: 12.5 }, answers: { menu: 'vendas' }, contact: { name: 'Ana', fields: { cpf: '012' } } });
  });
});

describe('a value that somebody typed', () => {
  it.each([
    ['12.5', 12.5],
    ['true', true],
    ['["a"]', ['a']],
    ['007', '007'],
    ['12345678901234567890', '12345678901234567890'],
    ['A 7', 'A 7'],
    ['{a', '{a'],
    ['[1', '[1'],
  ])('%s', (typed, meant) => {
    expect(meantBy(typed)).toEqual(meant);
  });
});
