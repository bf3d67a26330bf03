// Where a flow lies when all of it is shown.
import { describe, expect, it } from 'vitest';
import { viewOf } from './fit';

const box = (width: number, height: number) => ({ x: 0, y: 0, width, height });

describe('a flow that is shown whole', () => {
  it('is as large as its frame allows, and never larger than it is', () => {
    expect(viewOf(box(2_000, 800), { width: 1_056, height: 900 }).zoom).toBe(0.5);
    expect(viewOf(box(200, 100), { width: 1_056, height: 900 }).zoom).toBe(1);
  });

  it('lies in the middle when it is small', () => {
    expect(viewOf(box(200, 100), { width: 1_000, height: 900 })).toMatchObject({ x: 400, y: 400 });
  });

  it('begins near the upper edge of a frame that is tall for it', () => {
    const { y, zoom } = viewOf(box(1_800, 900), { width: 708, height: 976 });
    expect(y).toBeGreaterThan(28);
    expect(y).toBeLessThan((976 - 900 * zoom) / 4);
  });

  it('is read from its beginning where names would be too small', () => {
    expect(viewOf(box(20_000, 9_000), { width: 1_380, height: 852 })).toEqual({ zoom: 0.36, x: 28, y: 28 });
  });
});
