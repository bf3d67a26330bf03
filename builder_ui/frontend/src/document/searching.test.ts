// What is looked for is found wherever a step says it, and shown with what stands around it.
import { describe, expect, it } from 'vitest';
import { flow } from '../test/types';
import { fold } from '../ui/fold';
import { excerpt, textsOf } from './searching';

const texts = (id: string) => textsOf(flow().nodes.find((node) => node.id === id)!);

describe('the texts of a step', () => {
  it('are those of all its parameters, however deep', () => {
    expect(texts('menu')).toContain('Suporte');
    expect(texts('menu')).toContain('motivo');
    expect(texts('ola')).toContain('contact.name');
  });
});

describe('an excerpt', () => {
  it('shows what was found, whatever its accents', () => {
    const text = 'Segunda a sexta, das oito às dezoito; no sábado, só até a uma da tarde, e nunca aos domingos.';
    expect(excerpt(text, fold(text), fold('SABADO'))).toContain('sábado');
    expect(excerpt(text, fold(text), 'feriado')).toBeNull();
  });
});
