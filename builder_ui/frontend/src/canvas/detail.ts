// How much a card draws, by the distance of the camera.
import { createContext } from 'react';
import { sizes } from '../theme/theme';

export type DetailLevel = 'full' | 'name' | 'tile';

export const Detail = createContext<DetailLevel>('full');

export function detailAt(zoom: number): DetailLevel {
  if (zoom < sizes.dotsBelowZoom) return 'tile';
  return zoom < sizes.collapseBelowZoom ? 'name' : 'full';
}
