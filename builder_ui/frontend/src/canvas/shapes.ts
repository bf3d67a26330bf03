// What is drawn, as data: cards, notes and frames for xyflow, wires for a layer of their own; and how they keep their identity.
import { Position as Place, type Node, type NodeHandle } from '@xyflow/react';
import { handleAt, type Box, type Card } from '../document/card';
import { frameId, noteId, type Frame, type Note, type Position } from '../document/flow';
import type { CardHeat, WireHeat } from '../document/heat';
import type { Mark } from '../document/marks';
import type { Wire } from '../document/routing';
import type { DetailLevel } from './detail';

export type CardData = {
  card: Card;
  foot: boolean;
  errors: number;
  warnings: number;
  fresh: boolean;
  trail: CardTrail;
  heat: CardHeat | null;
  mark: Mark | null;
  detail: DetailLevel;
};
/** Its place on the way of a run, 0 = not on it; whether the run waits here; whether its turn is pointed at. */
export type CardTrail = { step: number; here: boolean; pointed: boolean };
export type CardNode = Node<CardData, 'card'>;
export type NoteNode = Node<{ note: Note }, 'note'>;
export type FrameNode = Node<{ frame: Frame; count: number }, 'frame'>;
export type FoldedNode = Node<{ card: Card; frame: Frame }, 'folded'>;
export type CanvasNode = CardNode | NoteNode | FrameNode | FoldedNode;
/** A wire and its state; `lit`: its step is selected, `passed`: the run that is looked at took it. */
export type DrawnWire = { id: string; wire: Wire; chosen: boolean; lit: boolean; passed: boolean; heat: WireHeat | null };

export const ENTRY_HANDLE = 'in';
/** What a step type is called while it is dragged out of the palette. */
export const DRAG_TYPE = 'application/x-flowengine-type';
const HANDLE = 10; // px across
export const NOTE_WIDTH = 232;

/** Wires lie below: nothing of a card is hidden by one. */
const ABOVE_WIRES = 1;

/** `closed`: no wire may lead to it; `hidden`: not drawn, since it is not in view or has not had its turn. */
export type CardState = { selected: boolean; closed: boolean; hidden: boolean };

export function cardNode(data: CardData, { selected, closed, hidden }: CardState): CardNode {
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
    selected,
    hidden,
    className: closed ? 'is-closed' : '',
    zIndex: selected ? ABOVE_WIRES + 1 : ABOVE_WIRES,
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
    zIndex: ABOVE_WIRES,
  };
}

export function noteNode(note: Note, position: Position, selected: boolean): NoteNode {
  return {
    id: noteId(note.id),
    type: 'note',
    position,
    data: { note },
    selected,
    connectable: false,
    style: { visibility: 'visible' }, // xyflow hides what it has not measured, and a hidden field takes no focus
    zIndex: ABOVE_WIRES,
  };
}

/** Whether a card that is drawn already shows just this. */
export function showsCard(known: CanvasNode | undefined, data: CardData, { selected, closed, hidden }: CardState): known is CardNode {
  if (known?.type !== 'card') return false;
  const shown = known.data;
  return (
    known.selected === selected &&
    known.hidden === hidden &&
    (known.className === 'is-closed') === closed &&
    shown.card.lines === data.card.lines &&
    shown.card.ports === data.card.ports &&
    shown.card.node.label === data.card.node.label &&
    shown.card.node.type === data.card.node.type &&
    shown.card.box.x === data.card.box.x &&
    shown.card.box.y === data.card.box.y &&
    shown.foot === data.foot &&
    shown.errors === data.errors &&
    shown.warnings === data.warnings &&
    shown.fresh === data.fresh &&
    shown.trail.step === data.trail.step &&
    shown.trail.here === data.trail.here &&
    shown.trail.pointed === data.trail.pointed &&
    shown.heat === data.heat &&
    shown.mark === data.mark &&
    shown.detail === data.detail
  );
}

export function sameWire(one: DrawnWire, other: DrawnWire): boolean {
  return one.wire === other.wire && one.chosen === other.chosen && one.lit === other.lit && one.passed === other.passed && one.heat === other.heat;
}

/** Boxes as one SVG path. */
export function outlineOf(boxes: readonly Box[]): string {
  return boxes.map(({ x, y, width, height }) => `M${String(x)} ${String(y)}h${String(width)}v${String(height)}h${String(-width)}z`).join('');
}
