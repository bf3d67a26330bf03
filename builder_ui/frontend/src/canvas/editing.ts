// What is done to what is selected: remove, duplicate, arrange, align, spread, frame; each one step of the history.
import type { StoreApi } from 'zustand';
import type { Builder } from '../builder/store';
import { aligned, spread, type Axis, type Side } from '../document/aligning';
import type { Box } from '../document/card';
import type { Change } from '../document/changes';
import { clipOf, type Clip } from '../document/clipboard';
import type { Cards } from '../document/drawing';
import { insertCopies, remove } from '../document/edits';
import { frameId, wireId, type Frame, type Position } from '../document/flow';
import { framed, unframed, withFrame } from '../document/frames';
import { besideOffset, layout } from '../document/layout';
import { resized } from '../document/notes';
import { toast } from '../ui/toast';

export type Store = StoreApi<Builder>;
export type Says = (key: string, count: number) => string;
export type Chosen = { nodes: string[]; notes: string[]; frames: string[] };

/** What is selected, by its kind and under its own ids. */
export function chosen(selected: ReadonlySet<string>): Chosen {
  const of = (kind: string) => [...selected].flatMap((id) => (id.startsWith(`${kind}:`) ? id.slice(kind.length + 1) : []));
  return { nodes: [...selected].filter((id) => !id.includes(':')), notes: of('note'), frames: of('frame') };
}

/** Remove what is selected, healing wires, and offer to take it back; a frame goes without what it holds. */
export function removeSelected(store: Store, says: Says): void {
  const { edited, selected, wire, change, undo, readOnly } = store.getState();
  if (readOnly) return;
  const edge = edited.document.edges.find((each) => wireId(each) === wire);
  if (edge !== undefined) {
    change({ kind: 'wire', source: edge.source, port: edge.port, target: null });
    toast({ text: says('done.cut', 1), undo });
    return;
  }
  const { nodes, notes, frames } = chosen(selected);
  if (nodes.length + notes.length + frames.length === 0) return;
  const changes: Change[] = notes.map((id) => ({ kind: 'removeNote', id }));
  if (frames.length > 0) changes.push(unframed(edited.document, frames));
  if (nodes.length > 0) changes.push(remove(edited.document, nodes));
  change({ kind: 'all', changes });
  const said = nodes.length > 0 ? 'done.removed' : notes.length > 0 ? 'done.noteRemoved' : 'done.frameRemoved';
  toast({ text: says(said, nodes.length || notes.length || frames.length), undo });
}

/** Copies of a clip; the ids they have as drawn. */
export function insertClip(store: Store, clip: Clip, offset: Position): string[] {
  const { edited, change, select, readOnly } = store.getState();
  if (clip.nodes.length + clip.notes.length === 0 || readOnly) return [];
  const copies = insertCopies(edited.document, clip, offset);
  change(copies.change);
  select(copies.ids);
  return copies.ids;
}

export function duplicate(store: Store, cards: Cards, ids?: ReadonlySet<string>): string[] {
  const { edited, selected } = store.getState();
  const clip = clipOf(edited.document, ids ?? selected);
  const boxes = clip.nodes.flatMap((node) => cards.get(node.id)?.box ?? []);
  return insertClip(store, clip, besideOffset(boxes, [...cards.values()].map((card) => card.box)));
}

/** Lay out the selection, or all where less than two steps are selected. */
export function arrange(store: Store, cards: Cards): void {
  const { edited, selected, change, look } = store.getState();
  const { nodes } = chosen(selected);
  const some = nodes.length > 1 ? new Map([...cards].filter(([id]) => selected.has(id))) : cards;
  const wires = edited.document.edges.filter((edge) => some.has(edge.source) && some.has(edge.target));
  change({ kind: 'moveNodes', positions: besideOthers(layout(some, wires), some, cards) });
  if (some === cards) look([]);
}

/** What is laid out lies where it lay, or as far to the right as the steps that stay need. */
function besideOthers(places: Record<string, Position>, some: Cards, cards: Cards): Record<string, Position> {
  const boxes = [...some].map(([id, card]) => ({ ...card.box, ...places[id] }));
  const others = [...cards].flatMap(([id, card]) => (some.has(id) ? [] : [card.box]));
  const by = besideOffset(boxes, others, 0);
  return Object.fromEntries(Object.entries(places).map(([id, place]) => [id, { x: place.x + by.x, y: place.y }]));
}

export function align(store: Store, cards: Cards, side: Side): void {
  move(store, aligned(boxesOf(store, cards), side));
}

export function distribute(store: Store, cards: Cards, axis: Axis): void {
  move(store, spread(boxesOf(store, cards), axis));
}

/** A few pixels by the keys; what follows at once is the same step of the history. */
export function nudge(store: Store, cards: Cards, by: Position): void {
  const { selected, edited, change } = store.getState();
  const { nodes, notes } = chosen(new Set([...selected, ...heldBy(edited.document.frames ?? [], selected)]));
  const moved = ({ x, y }: Position): Position => ({ x: x + by.x, y: y + by.y });
  const positions = Object.fromEntries(nodes.flatMap((id) => {
    const card = cards.get(id);
    return card === undefined ? [] : [[id, moved({ x: card.box.x, y: card.box.y })]];
  }));
  const changes: Change[] = (edited.document.notes ?? [])
    .filter((note) => notes.includes(note.id))
    .map((note) => ({ kind: 'putNote', note: { ...note, position: moved(note.position) } }));
  change({ kind: 'all', changes: [{ kind: 'moveNodes', positions }, ...changes] }, `nudge:${[...selected].join()}`);
}

/** The selected notes, some pixels larger or smaller; what follows at once is the same step of the history. */
export function resizeNotes(store: Store, by: Position): void {
  const { edited, selected, change } = store.getState();
  const { notes } = chosen(selected);
  const changes = (edited.document.notes ?? []).filter((note) => notes.includes(note.id)).map((note): Change => ({ kind: 'putNote', note: resized(note, by) }));
  change({ kind: 'all', changes }, `size:${[...selected].join()}`);
}

/** A frame around the selected steps, ready to be named. */
export function frameSelected(store: Store): void {
  const { edited, selected, change, select } = store.getState();
  const { nodes } = chosen(selected);
  if (nodes.length === 0) return;
  const { change: group, id } = framed(edited.document, nodes, '');
  change(group);
  select([frameId(id)]);
  store.getState().set({ opened: null, naming: id });
}

/** The selected frames, and those of which a step is selected. */
export function framesSelected({ edited, selected }: Builder): Frame[] {
  return (edited.document.frames ?? []).filter((frame) => selected.has(frameId(frame.id)) || frame.nodes.some((id) => selected.has(id)));
}

export function unframeSelected(store: Store): void {
  const state = store.getState();
  const ids = framesSelected(state).map((frame) => frame.id);
  if (ids.length > 0) state.change(unframed(state.edited.document, ids));
}

export function setFrame(store: Store, frame: Frame, merge?: string): void {
  const { edited, change } = store.getState();
  change(withFrame(edited.document, frame), merge);
}

function heldBy(frames: readonly Frame[], selected: ReadonlySet<string>): string[] {
  return frames.filter((frame) => selected.has(frameId(frame.id))).flatMap((frame) => frame.nodes);
}

function boxesOf(store: Store, cards: Cards): Map<string, Box> {
  const { nodes } = chosen(store.getState().selected);
  return new Map(nodes.flatMap((id): [string, Box][] => {
    const card = cards.get(id);
    return card === undefined ? [] : [[id, card.box]];
  }));
}

function move(store: Store, positions: Record<string, Position>): void {
  if (Object.keys(positions).length > 0) store.getState().change({ kind: 'moveNodes', positions });
}
