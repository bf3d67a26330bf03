// Times as the inbox writes them: short in lists, exact in the thread, waiting times in minutes and hours.

export type Clock = { language: string; now: number };

const DAY = 86_400_000;
const MINUTE = 60_000;

const formats = new Map<string, Intl.DateTimeFormat>();
function format(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(language, options);
  formats.set(key, known);
  return known;
}

export function sameDay(one: string | number, other: string | number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}

export function hour(at: string, { language }: Clock): string {
  return format(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at));
}

export function date(at: string, { language, now }: Clock): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return format(language, { day: '2-digit', month: '2-digit', ...(sameYear ? {} : { year: '2-digit' }) }).format(new Date(at));
}

/** 09:17 today, 12/08 16:02 on other days. */
export function moment(at: string, clock: Clock): string {
  return sameDay(at, clock.now) ? hour(at, clock) : `${date(at, clock)} ${hour(at, clock)}`;
}

/** 09:17 today, "ontem", the weekday within a week, else the date. */
export function recent(at: string, clock: Clock): string {
  const { language, now } = clock;
  if (sameDay(at, now)) return hour(at, clock);
  if (sameDay(at, now - DAY)) return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-1, 'day');
  if (now - Date.parse(at) < 6 * DAY) return format(language, { weekday: 'short' }).format(new Date(at));
  return date(at, clock);
}

/** "terça-feira, 24 de novembro"; the year where it is another. */
export function day(at: string, { language, now }: Clock): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return format(language, { weekday: 'long', day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) }).format(new Date(at));
}

/** How long since: "5 min", "1 h 12 min", "3 d". Under a minute it is one. */
export function since(at: string, now: number): string {
  const minutes = Math.max(1, Math.floor((now - Date.parse(at)) / MINUTE));
  if (minutes < 60) return `${String(minutes)} min`;
  if (minutes < 24 * 60) return minutes % 60 === 0 ? `${String(minutes / 60)} h` : `${String(Math.floor(minutes / 60))} h ${String(minutes % 60)} min`;
  return `${String(Math.floor(minutes / 60 / 24))} d`;
}
