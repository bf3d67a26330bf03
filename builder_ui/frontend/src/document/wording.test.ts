// A comparison marks the words that differ, and puts together it is the text again.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordingOf, type Part } from './wording';

const marked = (parts: Part[]) => parts.map(({ text, differs }) => (differs ? `[${text}]` : text)).join('');

describe('two wordings of one text', () => {
  it('mark the words that went and came', () => {
    const { before, after } = wordingOf('Olá! Você está falando com a Bia, assistente.', 'Olá! Aqui é a Bia, assistente.');
    expect(marked(before)).toBe('Olá! [Você está falando com] a Bia, assistente.');
    expect(marked(after)).toBe('Olá! [Aqui é] a Bia, assistente.');
  });

  it('take a variable for one word', () => {
    const { after } = wordingOf('Olá, {{ contact.name }}! Tudo bem?', 'Olá, {{ contact.name | first_name }}! Tudo bem?');
    expect(marked(after)).toBe('Olá, [{{ contact.name | first_name }}]! Tudo bem?');
  });

  it('mark nothing where they have little in common, or one is empty', () => {
    expect(wordingOf('30 minutos', '2 horas').after).toEqual([{ text: '2 horas', differs: false }]);
    expect(wordingOf('', 'Olá').after).toEqual([{ text: 'Olá', differs: false }]);
  });

  it('are the texts again when their parts are put together', () => {
    const text = fc.array(fc.constantFrom('a', 'b ', ' ', '{{ x }}', 'c\n', ',')).map((bits) => bits.join(''));
    fc.assert(
      fc.property(text, text, (one, other) => {
        const { before, after } = wordingOf(one, other);
        expect([before, after].map((parts) => parts.map((part) => part.text).join(''))).toEqual([one, other]);
      }),
    );
  });
});
