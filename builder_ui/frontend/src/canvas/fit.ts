// Seeing all of a flow, or as much as can still be read: then from its beginning, at the upper left.
import type { Viewport } from '@xyflow/react';
import type { Box } from '../document/card';

const MARGIN = 28;
const LEAST = 0.36; // below this even names cannot be read

export function viewOf(all: Box, frame: { width: number; height: number }): Viewport {
  const wanted = Math.min((frame.width - 2 * MARGIN) / all.width, (frame.height - 2 * MARGIN) / all.height);
  const zoom = Math.min(1, Math.max(LEAST, wanted));
  const place = (size: number, start: number, room: number) => {
    const spare = room - size * zoom;
    return (spare > 2 * MARGIN ? spare / 2 : MARGIN) - start * zoom;
  };
  return { zoom, x: place(all.width, all.x, frame.width), y: place(all.height, all.y, frame.height) };
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
