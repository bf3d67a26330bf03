// Whatever people type for a time of day is read alike.
import { describe, expect, it } from 'vitest';
import { clockOf } from './clock';

describe('a time of day', () => {
  it.each([
    ['9', '09:00'],
    ['930', '09:30'],
    ['9h30', '09:30'],
    ['18h', '18:00'],
    ['09:05', '09:05'],
    ['0', '00:00'],
  ])('%s is %s', (typed, meant) => {
    expect(clockOf(typed)).toBe(meant);
  });

  it('ends a day at 24:00 only where a day may end', () => {
    expect(clockOf('24', true)).toBe('24:00');
    expect(clockOf('24')).toBeNull();
    expect(clockOf('24:30', true)).toBeNull();
  });

  it.each(['', 'manhã', '9:70', '25'])('%s is none', (typed) => {
    expect(clockOf(typed)).toBeNull();
  });
});
