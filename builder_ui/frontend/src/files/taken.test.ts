import { describe, expect, it } from 'vitest';
import { acceptOf, formatOf, saidOf } from './taken';

const MB = 2 ** 20;
const limits = {
  most: 100 * MB,
  channels: [
    { name: 'Chat', media: [] },
    { name: 'Loja', media: [{ kind: 'image' as const, most: 5 * MB, types: ['image/jpeg', 'image/png'] }] },
    { name: 'Obra', media: [{ kind: 'image' as const, most: 5 * MB, types: ['image/jpeg', 'image/png'] }] },
    { name: 'Canal', media: [{ kind: 'image' as const, most: 8 * MB, types: null }, { kind: 'document' as const, most: 200 * MB, types: null }] },
  ],
};

describe('what channels take', () => {
  it('is said once for channels that take the same, and not at all where nothing is known', () => {
    expect(saidOf(limits, 'image', 'pt-BR')).toEqual([
      { channel: 'Loja, Obra', most: '5 MB', types: ['JPEG', 'PNG'] },
      { channel: 'Canal', most: '8 MB', types: [] },
    ]);
    expect(saidOf(limits, 'audio', 'pt-BR')).toEqual([]);
  });

  it('is left out where the installation takes less anyhow', () => {
    expect(saidOf(limits, 'document', 'pt-BR')).toEqual([]);
  });

  it('names formats as people do', () => {
    expect(['image/jpeg', 'audio/mpeg', 'video/x-matroska', 'application/pdf'].map(formatOf)).toEqual(['JPEG', 'MP3', 'MATROSKA', 'PDF']);
    expect([acceptOf('image'), acceptOf('document')]).toEqual(['image/*', undefined]);
  });
});
