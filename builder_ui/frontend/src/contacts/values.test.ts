// How the values of fields read.
import { expect, it } from 'vitest';
import type { Json } from '../document/json';
import { inWords, type Field } from './values';

const field = (type: string): Field => ({ slug: 'x', name: 'X', of: 'contact', type, choices: [{ slug: 'a', name: 'Azul' }, { slug: 'b', name: 'Branco' }] });
const cases: [string, Json, string][] = [
  ['text', 'Recife', 'Recife'],
  ['yes_no', true, 'Sim'],
  ['yes_no', false, 'Não'],
  ['choice', 'a', 'Azul'],
  ['choice', 'gone', 'gone'],
  ['choices', ['b', 'a'], 'Branco, Azul'],
  ['money', 1234.5, '1.234,50'],
  ['integer', 1234, '1.234'],
  ['date', '2026-11-22', '22/11/2026'],
];

it.each(cases)('a %s %j reads %s', (type, value, words) => {
  expect(inWords(field(type), value, 'pt-BR', { yes: 'Sim', no: 'Não' })).toBe(words);
});
