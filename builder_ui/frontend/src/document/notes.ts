// The size of a sticky note: as its author has pulled it, else as its text needs.
import { WIDTH } from './card';
import type { Note, Position, Size } from './flow';

export const LEAST: Size = { width: 120, height: 60 };
const MOST: Size = { width: 1200, height: 1200 };
const LETTERS = 34; // in a line of a note of the usual width
const LINE = 18;
const AROUND = 22; // padding and border

export function sizeOf({ size, text }: Note): Size {
  if (size !== undefined) return size;
  const lines = text.split('\n').reduce((sum, line) => sum + 1 + Math.floor(line.length / LETTERS), 0);
  return { width: WIDTH, height: Math.max(3, lines) * LINE + AROUND };
}

/** The note made larger or smaller, within reason. */
export function resized(note: Note, by: Position): Note {
  const { width, height } = sizeOf(note);
  const within = (wanted: number, least: number, most: number) => Math.round(Math.min(most, Math.max(least, wanted)));
  return {
    ...note,
    size: { width: within(width + by.x, LEAST.width, MOST.width), height: within(height + by.y, LEAST.height, MOST.height) },
  };
}
