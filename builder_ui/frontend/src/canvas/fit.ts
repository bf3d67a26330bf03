// Seeing all of a flow, or as much as can still be read: then from its beginning, at the upper left.
import type { Viewport } from '@xyflow/react';
import type { Box } from '../document/card';

const MARGIN = 28;
const LEAST = 0.36; // below this even names cannot be read
const AIR = 64; // above a flow that is wide for its frame; the rest of the height is left below, where a pane may come up

export function viewOf(all: Box, frame: { width: number; height: number }): Viewport {
  const across = (frame.width - 2 * MARGIN) / all.width;
  const down = (frame.height - 2 * MARGIN) / all.height;
  const zoom = Math.min(1, Math.max(LEAST, Math.min(across, down)));
  const isWide = across < 1 && across < down;
  const place = (size: number, start: number, room: number, most: number) => {
    const spare = room - size * zoom;
    return (spare > 2 * MARGIN ? Math.min(spare / 2, most) : MARGIN) - start * zoom;
  };
  return {
    zoom,
    x: place(all.width, all.x, frame.width, Infinity),
    y: place(all.height, all.y, frame.height, isWide ? AIR : Infinity),
  };
}

/** The view moved just enough for a card to be seen whole; null when it is. */
export function shiftInto(card: Box, view: Viewport, frame: { width: number; height: number }): Viewport | null {
  const shift = (start: number, size: number, offset: number, room: number) => {
    const from = start * view.zoom + offset;
    const to = from + size * view.zoom;
    if (from < MARGIN) return MARGIN - from;
    return to > room - MARGIN ? Math.max(room - MARGIN - to, MARGIN - from) : 0;
  };
  const x = shift(card.x, card.width, view.x, frame.width);
  const y = shift(card.y, card.height, view.y, frame.height);
  return x === 0 && y === 0 ? null : { zoom: view.zoom, x: view.x + x, y: view.y + y };
}

/** How much of the canvas a pane that floats over it covers at its right. */
export function drawerOver(canvas: HTMLElement | null): number {
  const pane = document.querySelector('.bld-side')?.getBoundingClientRect();
  const frame = canvas?.getBoundingClientRect();
  if (pane === undefined || frame === undefined || pane.top >= frame.bottom) return 0;
  return Math.max(0, frame.right - pane.left);
}
