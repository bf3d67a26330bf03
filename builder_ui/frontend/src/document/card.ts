// The size of a card and the places of its handles, by arithmetic: so wires are right before anything is measured.
import type { FlowNode, Position } from './flow';
import type { Port } from './ports';
import type { Line } from './lines';

export const WIDTH = 232;
export const HEAD = 50;
export const LINE = 18;
export const ROW = 26;
export const PITCH = 324; // a column and its gutter
export const GAP = 28; // between the cards of a chain
export const ENTRY = 25; // the header's middle: where wires come in, and where the foot's handle is

export type Box = { x: number; y: number; width: number; height: number };
/** Everything the canvas draws of a node. */
export type Card = {
  node: FlowNode;
  box: Box;
  lines: Line[];
  ports: Port[];
  /** The ports that have a row; a single way out has none. */
  rows: Port[];
  /** The single way out, whose handle is in the header line or at the foot. */
  only: Port | null;
};

export function cardOf(node: FlowNode, position: Position, lines: Line[], ports: Port[]): Card {
  const shown = ports.filter((port) => !port.quiet || port.wired);
  const only = shown.length === 1 ? (shown[0] ?? null) : null;
  const rows = only === null ? shown : [];
  const height =
    HEAD + (lines.length > 0 ? LINE * lines.length + 10 : 0) + (rows.length > 0 ? 13 + ROW * rows.length : 0);
  return { node, box: { ...position, width: WIDTH, height }, lines, ports, rows, only };
}

/** Where the handle of a port sits, relative to the card; `foot` for a chain. */
export function handleAt(card: Card, port: string, foot: boolean): Position {
  const row = card.rows.findIndex((each) => each.id === port);
  if (row < 0) return foot ? { x: ENTRY, y: card.box.height } : { x: WIDTH, y: ENTRY };
  const above = HEAD + (card.lines.length > 0 ? LINE * card.lines.length + 10 : 0);
  return { x: WIDTH, y: above + 7 + ROW * row + ROW / 2 };
}

export function right(box: Box): number {
  return box.x + box.width;
}

export function bottom(box: Box): number {
  return box.y + box.height;
}
