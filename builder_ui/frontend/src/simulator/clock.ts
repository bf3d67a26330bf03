// The virtual clock: times as the account's people see them, and stretches of time as stories write them.
import type { Json } from '../document/json';

export type Duration = { amount: number; unit: 'seconds' | 'minutes' | 'hours' | 'days' };

const UNITS: [Duration['unit'], number][] = [['days', 86_400], ['hours', 3_600], ['minutes', 60], ['seconds', 1]];
const MOST: Record<Duration['unit'], number> = { days: 365, hours: 8_760, minutes: 100_000, seconds: 100_000 };

/** The stretch in its largest whole unit; beyond a year, a year. */
export function duration(seconds: number): Duration {
  const whole = Math.max(1, Math.ceil(seconds));
  const [unit, size] = UNITS.find(([name, size]) => whole % size === 0 && whole / size <= MOST[name]) ?? UNITS.find(([name, size]) => whole / size <= MOST[name]) ?? ['days', 86_400];
  return { unit, amount: Math.min(MOST[unit], Math.ceil(whole / size)) };
}

export function untilThen(now: string, then: string): Duration {
  return duration((Date.parse(then) - Date.parse(now)) / 1000);
}

export function isDuration(value: Json | undefined): value is Duration {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && typeof value['amount'] === 'number' && typeof value['unit'] === 'string';
}

/** 24/11 09:13 in the zone of the account. */
export function moment(at: string, zone: string, language: string): string {
  const day = new Date(at).toLocaleDateString(language, { day: '2-digit', month: '2-digit', ...zoned(zone) });
  return `${day} ${hour(at, zone, language)}`;
}

export function hour(at: string, zone: string, language: string): string {
  return new Date(at).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit', ...zoned(zone) });
}

/** 2026-11-24T09:13, as a date field wants it, of a moment in the zone. */
export function wallTime(at: string, zone: string): string {
  return new Date(at).toLocaleString('sv', { ...zoned(zone), dateStyle: 'short', timeStyle: 'short' }).replace(' ', 'T');
}

/** The moment at which the zone's clocks show this; where they leap over it, shortly after. */
export function momentOf(wall: string, zone: string): string | null {
  const guess = Date.parse(`${wall}Z`);
  if (Number.isNaN(guess)) return null;
  const shown = (at: number) => Date.parse(`${wallTime(new Date(at).toISOString(), zone)}Z`);
  const first = guess - (shown(guess) - guess);
  return new Date(first - (shown(first) - guess)).toISOString().replace('.000Z', '+00:00');
}

function zoned(zone: string): { timeZone?: string } {
  return zone === '' ? {} : { timeZone: zone };
}
