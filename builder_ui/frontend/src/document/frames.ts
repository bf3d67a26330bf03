// Frames: groups of steps with a title, drawn around what they hold; what is dropped on one joins it, what is dragged out leaves.
import { bottom, right, type Box, type Card } from './card';
import type { Change } from './changes';
import { sizeOf } from './notes';
import { frameId, noteId, type FlowDocument, type Frame, type FrameColour, type Position } from './flow';
import { boxAround } from './routing';

export const PAD = 20;
export const TITLE = 36; // the line above the cards in which the title stands
export const colours: readonly FrameColour[] = ['sand', 'blue', 'green', 'violet', 'rose'];

type Boxes = ReadonlyMap<string, Pick<Card, 'box'>>;

/** Around the cards a frame holds; null where it holds none that is drawn. */
export function frameBox(frame: Frame, cards: Boxes): Box | null {
  const boxes = frame.nodes.flatMap((id) => cards.get(id)?.box ?? []);
  if (boxes.length === 0) return null;
  const { x, y, width, height } = boxAround(boxes);
  return { x: x - PAD, y: y - TITLE - 4, width: width + 2 * PAD, height: height + TITLE + 4 + PAD };
}

/** A new frame around these steps; they leave the frames they were in. */
export function framed(document: FlowDocument, ids: readonly string[], label: string): { change: Change; id: string } {
  const frames = document.frames ?? [];
  const taken = new Set(frames.map((frame) => frame.id));
  let number = 1;
  while (taken.has(`f${String(number)}`)) number += 1;
  const id = `f${String(number)}`;
  const inside = new Set(ids);
  const others = frames
    .map((frame) => ({ ...frame, nodes: frame.nodes.filter((node) => !inside.has(node)) }))
    .filter((frame) => frame.nodes.length > 0);
  const nodes = document.nodes.map((node) => node.id).filter((node) => inside.has(node));
  return { change: { kind: 'setFrames', frames: [...others, { id, label, nodes }] }, id };
}

/** Take frames away; what they hold stays. */
export function unframed(document: FlowDocument, ids: readonly string[]): Change {
  return { kind: 'setFrames', frames: (document.frames ?? []).filter((frame) => !ids.includes(frame.id)) };
}

export function withFrame(document: FlowDocument, frame: Frame): Change {
  return { kind: 'setFrames', frames: (document.frames ?? []).map((each) => (each.id === frame.id ? frame : each)) };
}

/** The frames after cards were moved: who lies in a frame as it stood before belongs to it. */
export function held(frames: readonly Frame[], before: Boxes, after: Boxes, moved: ReadonlySet<string>): readonly Frame[] {
  const isWhole = (frame: Frame) => frame.nodes.every((id) => moved.has(id));
  const carried = new Set(frames.filter(isWhole).flatMap((frame) => frame.nodes));
  const loose = [...moved].filter((id) => before.has(id) && !carried.has(id));
  if (loose.length === 0) return frames;
  return frames.map((frame) => {
    const box = isWhole(frame) ? null : frameBox(frame, before);
    if (box === null) return frame;
    const isIn = (id: string) => {
      const card = after.get(id)?.box;
      return card !== undefined && holds(box, card);
    };
    const nodes = [...frame.nodes.filter((id) => !loose.includes(id) || isIn(id)), ...loose.filter((id) => !frame.nodes.includes(id) && isIn(id))];
    return nodes.length === frame.nodes.length && nodes.every((id, place) => id === frame.nodes[place]) ? frame : { ...frame, nodes };
  });
}

/** What membership follows from a move; null where it stays as it is. */
export function afterMove(document: FlowDocument, before: Boxes, after: Boxes, moved: ReadonlySet<string>): Change | null {
  const frames = document.frames ?? [];
  const now = held(frames, before, after, moved);
  return now.every((frame, place) => frame === frames[place]) ? null : { kind: 'setFrames', frames: now.filter((frame) => frame.nodes.length > 0) };
}

/** Whether the middle of a box lies in another. */
export function holds(box: Box, other: Box): boolean {
  const x = other.x + other.width / 2;
  const y = other.y + other.height / 2;
  return x > box.x && x < right(box) && y > box.y && y < bottom(box);
}

/** The places of all that moves when some of it is dragged: a frame takes its steps along, and the notes that lie on it. */
export function carriedBy(document: FlowDocument, resting: Boxes, places: Record<string, Position>): Record<string, Position> {
  const all = { ...places };
  for (const frame of document.frames ?? []) {
    const box = frameBox(frame, resting);
    const place = places[frameId(frame.id)];
    if (box === null || place === undefined) continue;
    const corner = frame.collapsed === true ? boxAround(frame.nodes.flatMap((id) => resting.get(id)?.box ?? [])) : box;
    const moved = ({ x, y }: Position): Position => ({ x: x + place.x - corner.x, y: y + place.y - corner.y });
    for (const id of frame.nodes) {
      const card = resting.get(id)?.box;
      if (card !== undefined) all[id] = moved(card);
    }
    for (const note of document.notes ?? []) {
      if (holds(box, { ...note.position, ...sizeOf(note) })) all[noteId(note.id)] = moved(note.position);
    }
  }
  return all;
}

/** The cards, some at other places. */
export function placedAt(cards: ReadonlyMap<string, Card>, places: Record<string, Position>): Boxes {
  return new Map(
    [...cards].map(([id, card]) => {
      const place = places[id];
      return [id, place === undefined ? card : { box: { ...card.box, ...place } }];
    }),
  );
}
