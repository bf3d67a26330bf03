// Notes are as large as their text, until somebody pulls them.
import { expect, it } from 'vitest';
import { resized, sizeOf } from './notes';

const note = { id: 'n1', text: 'Uma linha', position: { x: 0, y: 0 } };

it('a note has room for its text', () => {
  expect(sizeOf(note)).toEqual({ width: 232, height: 76 });
  expect(sizeOf({ ...note, text: 'linha\n'.repeat(5) }).height).toBe(6 * 18 + 22);
});

it('a note that was pulled keeps its size whatever is written', () => {
  const pulled = resized(note, { x: 48, y: 24 });
  expect(sizeOf({ ...pulled, text: 'linha\n'.repeat(50) })).toEqual({ width: 280, height: 100 });
});

it('a note is never too small to be taken hold of', () => {
  expect(sizeOf(resized(note, { x: -900, y: -900 }))).toEqual({ width: 120, height: 60 });
});
