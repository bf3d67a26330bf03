// The virtual clock: stretches in whole units, and wall times of a zone there and back.
import { expect, test } from 'vitest';
import { duration, momentOf, untilThen, wallTime } from './clock';

test.each([
  [86_400, { amount: 1, unit: 'days' }],
  [1_800, { amount: 30, unit: 'minutes' }],
  [90, { amount: 90, unit: 'seconds' }],
  [0.2, { amount: 1, unit: 'seconds' }],
  [400 * 86_400, { amount: 365, unit: 'days' }],
])('%d seconds are a whole number of the largest unit that fits', (seconds, words) => {
  expect(duration(seconds)).toEqual(words);
});

test('a timer has come once the stretch to it has passed', () => {
  const { amount, unit } = untilThen('2026-01-05T13:00:00.400Z', '2026-01-05T13:30:00Z');
  expect([amount, unit]).toEqual([30, 'minutes']);
});

test.each(['America/Sao_Paulo', 'America/New_York', 'Asia/Kolkata', 'UTC'])('a wall time of %s is a moment, and back', (zone) => {
  const at = momentOf('2026-03-10T09:30', zone) ?? '';
  expect(wallTime(at, zone)).toBe('2026-03-10T09:30');
  expect(at).toMatch(/\+00:00$/);
});

test('what is no date is no moment', () => {
  expect(momentOf('', 'UTC')).toBeNull();
});
