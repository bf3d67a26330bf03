// Undo and redo as two lists of steps; plain data, so that they outlive a reload.
import { apply, invert, type Change } from './changes';
import type { FlowDocument } from './flow';

/** `merge` names what is being typed into: steps with the same name that follow within a moment are one. */
export type Step = { change: Change; back: Change; merge: string | null; at: number };
export type History = { done: Step[]; undone: Step[] };
export type Edited = { document: FlowDocument; history: History };

export const noHistory: History = { done: [], undone: [] };
const MOMENT = 1500; // ms between two keystrokes of one thought

export function edit(edited: Edited, change: Change, at: number, merge: string | null = null): Edited {
  const { document, history } = edited;
  const last = history.done.at(-1);
  const joins = merge !== null && last?.merge === merge && at - last.at < MOMENT && history.undone.length === 0;
  const step: Step =
    joins && last !== undefined
      ? { change, back: last.back, merge, at }
      : { change, back: invert(document, change), merge, at };
  const done = joins ? [...history.done.slice(0, -1), step] : [...history.done, step];
  return { document: apply(document, change), history: { done, undone: [] } };
}

export function undo(edited: Edited): Edited {
  const step = edited.history.done.at(-1);
  if (step === undefined) return edited;
  const { done, undone } = edited.history;
  return {
    document: apply(edited.document, step.back),
    history: { done: done.slice(0, -1), undone: [...undone, { ...step, merge: null }] },
  };
}

export function redo(edited: Edited): Edited {
  const step = edited.history.undone.at(-1);
  if (step === undefined) return edited;
  const { done, undone } = edited.history;
  return {
    document: apply(edited.document, step.change),
    history: { done: [...done, step], undone: undone.slice(0, -1) },
  };
}
