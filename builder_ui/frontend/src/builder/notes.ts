// A new sticky note, beside what is drawn, ready to be written.
import { cardsOf } from '../document/drawing';
import { noteId, type Position } from '../document/flow';
import { freePlace } from '../document/layout';
import { sizeOf } from '../document/notes';
import type { Builder } from './store';

/** At a place of the drawing, or, without one, the first free place to the right of the beginning. */
export function addNote({ edited, change, select, look, types, language, set }: Builder, at?: Position): void {
  const notes = edited.document.notes ?? [];
  const taken = new Set(notes.map((note) => note.id));
  let number = 1;
  while (taken.has(`n${String(number)}`)) number += 1;
  const boxes = [...cardsOf(edited.document, types, language).values()].map((card) => card.box);
  const others = notes.map((note) => ({ ...note.position, ...sizeOf(note) }));
  const note = { id: `n${String(number)}`, text: '', position: at ?? freePlace({ x: 324, y: 0 }, sizeOf({ id: '', text: '', position: { x: 0, y: 0 } }).height, [...boxes, ...others]) };
  change({ kind: 'putNote', note });
  select([noteId(note.id)]);
  set({ opened: null, naming: noteId(note.id) });
  if (at === undefined) look([noteId(note.id)]);
}
