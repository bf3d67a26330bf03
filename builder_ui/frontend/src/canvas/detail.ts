// How much a card draws, by the distance of the camera.
import { sizes } from '../theme/theme';

export type DetailLevel = 'full' | 'name' | 'tile';

export function detailAt(zoom: number): DetailLevel {
  if (zoom < sizes.dotsBelowZoom) return 'tile';
  return zoom < sizes.collapseBelowZoom ? 'name' : 'full';
}

const STEP = 1.5; // px; every other size would have all names laid out again at every notch of the wheel

/** The size of a name on a card, large enough to be read from there. */
export function nameSizeAt(zoom: number): number {
  return Math.min(32, Math.max(21, Math.ceil(12.5 / zoom / STEP) * STEP));
}
