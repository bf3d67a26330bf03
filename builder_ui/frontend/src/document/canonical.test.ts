// The browser writes a document as the server does, byte for byte.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonical } from './canonical';
import type { FlowDocument } from './flow';

const folder = join(__dirname, '../../../../flows');
const files = readdirSync(folder).filter((file) => /^[a-z-]+\.json$/.test(file));

describe('a document', () => {
  it.each(files)('is written as the file of it stands: %s', (file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    expect(canonical(JSON.parse(text) as FlowDocument)).toBe(text);
  });
});
