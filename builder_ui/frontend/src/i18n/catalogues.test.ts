// The catalogues say the same things in both languages.
import { describe, expect, it } from 'vitest';

const files = import.meta.glob<Record<string, unknown>>('./*/*.json', { eager: true, import: 'default' });

function keysOf(texts: unknown, path = ''): string[] {
  if (typeof texts !== 'object' || texts === null) return [path];
  return Object.entries(texts).flatMap(([key, value]) => keysOf(value, `${path}/${key}`));
}

describe('the catalogues', () => {
  const areas = Object.keys(files).filter((path) => path.startsWith('./pt-BR/'));

  it.each(areas)('of %s have the same texts in English', (path) => {
    const english = files[path.replace('/pt-BR/', '/en/')];
    expect(keysOf(english).sort()).toEqual(keysOf(files[path]).sort());
  });
});
