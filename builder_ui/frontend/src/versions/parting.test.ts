// Where a past run and the draft part, in a sentence that fits.
import { describe, expect, it } from 'vitest';
import pt from '../i18n/pt-BR/versions.json';
import { sentenceOf } from './parting';
import type { Parting, Passed } from './versions-api';

const at = (node: string, port: string | null = 'next'): Passed => ({ node, port });

function parting(verdict: Parting['verdict'], why: string, before: Passed | null = null, after: Passed | null = null): Parting {
  return { verdict, why, node: 'menu', before, after, runs: 1, run: 'r', version: 1 };
}

const trace = (before: Passed | null, after: Passed | null) => parting('elsewhere', 'trace', before, after);

describe('the sentence of a parting', () => {
  it.each([
    [trace(at('menu', 'sim'), at('menu', 'nao')), 'elsewhere.ports', 'sim', 'nao'],
    [trace(at('menu', 'sim'), at('menu', 'sim')), 'elsewhere.answer', null, null],
    [trace(at('menu', null), at('menu', 'sim')), 'elsewhere.goesOn', null, null],
    [trace(at('menu', 'sim'), at('menu', null)), 'elsewhere.stops', null, null],
    [trace(at('fim'), at('nota')), 'elsewhere.steps', 'fim', 'nota'],
    [trace(at('fim'), null), 'elsewhere.shorter', 'fim', null],
    [trace(null, at('nota')), 'elsewhere.longer', null, 'nota'],
    [parting('elsewhere', 'needs', null, at('equipe', null)), 'elsewhere.needs', null, 'equipe'],
  ])('names what was and what would be: %o', (given, key, before, after) => {
    expect(sentenceOf(given)).toEqual({ key, node: 'menu', before, after });
  });

  it.each([
    ...['status', 'not_taken', 'wait', 'needs'].map((why) => parting('elsewhere', why)),
    ...['effects', 'wait'].map((why) => parting('otherwise', why)),
    ...['needs', 'call', 'forgotten'].map((why) => parting('unknown', why)),
  ])('has words for whatever the server says: %o', (given) => {
    const [group = '', name = ''] = sentenceOf(given).key.split('.');
    expect((pt.parting as Record<string, Record<string, string>>)[group]?.[name]).toBeTruthy();
  });
});
