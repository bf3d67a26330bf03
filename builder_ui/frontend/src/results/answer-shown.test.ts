// Answers of every kind, as the table shows them.
import { describe, expect, it } from 'vitest';
import type { Json } from '../document/json';
import { answerShown } from './answer-shown';

const shown = (answer: Json | undefined, language = 'pt-BR') => answerShown(answer, language, { yes: 'Sim', no: 'Não' });

describe('an answer is shown', () => {
  it('as it was written', () => expect(shown('Recife, amanhã')).toBe('Recife, amanhã'));
  it('as a number of the language', () => expect([shown(1234.5), shown(1234.5, 'en')]).toEqual(['1.234,5', '1,234.5']));
  it('as yes or no', () => expect([shown(true), shown(false)]).toEqual(['Sim', 'Não']));
  it('as a day', () => expect([shown('2026-11-22'), shown('2026-11-22', 'en')]).toEqual(['22/11/2026', '11/22/2026']));
  it('as a place', () => {
    expect(shown({ latitude: -8.05, longitude: -34.9 })).toBe('-8.05 -34.9');
    expect(shown({ latitude: -8.05, longitude: -34.9, name: 'Marco Zero' })).toBe('Marco Zero');
  });
  it('as nothing where there is none', () => expect([shown(undefined), shown(null)]).toEqual(['', '']));
});
