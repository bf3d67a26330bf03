// What xyflow is given: one kind of node for all types, sticky notes, one kind of edge; and how they keep their identity.
import { Position as Place, type Edge as FlowEdge, type Node, type NodeHandle } from '@xyflow/react';
import { handleAt, type Box, type Card } from '../document/card';
import { frameId, type Frame, type Note } from '../document/flow';
import type { CardHeat, WireHeat } from '../document/heat';
import type { Mark } from '../document/marks';
import type { Wire } from '../document/routing';

export type CardData = { card: Card; foot: boolean; errors: number; warnings: number; fresh: boolean; trail: CardTrail; heat: CardHeat | null; mark: Mark | null };
/** Its place on the way of a run, 0 = not on it; whether the run waits here; whether its turn is pointed at. */
export type CardTrail = { step: number; here: boolean; pointed: boolean };
export type CardNode = Node<CardData, 'card'>;
export type NoteNode = Node<{ note: Note }, 'note'>;
export type FrameNode = Node<{ frame: Frame; count: number }, 'frame'>;
export type FoldedNode = Node<{ card: Card; frame: Frame }, 'folded'>;
export type CanvasNode = CardNode | NoteNode | FrameNode | FoldedNode;
export type WireEdge = FlowEdge<{ wire: Wire; lit: boolean; passed: boolean; heat: WireHeat | null }, 'wire'>;

export const ENTRY_HANDLE = 'in';
/** What a step type is called while it is dragged out of the palette. */
export const DRAG_TYPE = 'application/x-flowengine-type';
const HANDLE = 10; // px across
export const NOTE_WIDTH = 232;

export function cardNode(data: CardData, order: number): CardNode {
  const { box, node } = data.card;
  return {
    id: node.id,
    type: 'card',
    position: { x: box.x, y: box.y },
    width: box.width,
    height: box.height,
    measured: { width: box.width, height: box.height },
    handles: handlesOf(data.card, data.foot),
    data,
    zIndex: order === 0 ? 1 : 0,
  };
}

/** Where the handles are, by arithmetic: a card whose handles xyflow knows is not drawn only to be measured. */
function handlesOf(card: Card, foot: boolean): NodeHandle[] {
  const { width, height } = card.box;
  const shown = card.only === null ? card.rows : [card.only];
  const entry: NodeHandle = { id: ENTRY_HANDLE, type: 'target', position: Place.Left, x: 0, y: 0, width, height };
  const outs = shown.map((port): NodeHandle => {
    const { x, y } = handleAt(card, port.id, foot);
    const position = foot && card.only !== null ? Place.Bottom : Place.Right;
    return { id: port.id, type: 'source', position, x: x - HANDLE / 2, y: y - HANDLE / 2, width: HANDLE, height: HANDLE };
  });
  return [entry, ...outs];
}

/** Behind the cards; only its title can be taken hold of, so that one draws and pans inside. */
export function frameNode(frame: Frame, box: Box, selected: boolean): FrameNode {
  return {
    id: frameId(frame.id),
    type: 'frame',
    position: { x: box.x, y: box.y },
    width: box.width,
    height: box.height,
    measured: { width: box.width, height: box.height },
    data: { frame, count: frame.nodes.length },
    selected,
    connectable: false,
    dragHandle: '.cv-frame-title',
    style: { pointerEvents: 'none' },
    zIndex: selected ? -1001 : -1, // xyflow lifts what is selected by 1000
  };
}

export function foldedNode(frame: Frame, card: Card, selected: boolean): FoldedNode {
  const { box } = card;
  return {
    id: frameId(frame.id),
    type: 'folded',
    position: { x: box.x, y: box.y },
    width: box.width,
    height: box.height,
    measured: { width: box.width, height: box.height },
    data: { card, frame },
    selected,
    className: 'is-closed',
  };
}

/** The same object as before when nothing of it has changed: then nothing is drawn again. */
export function reuse<T extends { id: string }>(before: Map<string, T>, now: T, same: (one: T, other: T) => boolean): T {
  const known = before.get(now.id);
  return known !== undefined && same(known, now) ? known : now;
}

export function sameCard(one: CanvasNode, other: CanvasNode): boolean {
  if (one.type !== 'card' || other.type !== 'card') return one === other;
  const [a, b] = [one.data, other.data];
  return (
    one.selected === other.selected &&
    one.draggable === other.draggable &&
    a.card.lines === b.card.lines &&
    a.card.ports === b.card.ports &&
    a.card.node.label === b.card.node.label &&
    a.card.box.x === b.card.box.x &&
    a.card.box.y === b.card.box.y &&
    a.foot === b.foot &&
    a.errors === b.errors &&
    a.warnings === b.warnings &&
    a.fresh === b.fresh &&
    a.trail.step === b.trail.step &&
    a.trail.here === b.trail.here &&
    a.trail.pointed === b.trail.pointed &&
    a.heat === b.heat &&
    a.mark === b.mark
  );
}

export function sameWire(one: WireEdge, other: WireEdge): boolean {
  const [a, b] = [one.data, other.data];
  if (a === undefined || b === undefined) return false;
  return (
    one.selected === other.selected &&
    a.lit === b.lit &&
    a.passed === b.passed &&
    a.heat === b.heat &&
    one.target === other.target &&
    JSON.stringify([a.wire.points, a.wire.over]) === JSON.stringify([b.wire.points, b.wire.over])
  );
}
