// Who answers on a channel, as the server will decide it: the order, the hours, what each flow starts by.
import { fold } from '../../ui/fold';

export type Start = { event: string; first: boolean; terms: string[]; match: string; conditional: boolean };
export type Hours = 'always' | 'inside' | 'outside';
export type Listener = {
  id: string;
  flow: string;
  name: string;
  live: boolean;
  /** Nobody begins it. */
  stopped: boolean;
  hours: Hours;
  any_message: boolean;
  keywords: string[];
  /** Of the live version. */
  starts: Start[];
};
export type Time = 'inside' | 'outside';
/** `hours` null: somebody is always there, and nothing is ever outside. */
export type Clock = { hours: { slug: string; name: string; open: boolean } | null };

/**
 * Not on air, or stopped; nothing starts it here; by its keywords alone; asked after others that take everything at some of its
 * hours, or at all of them; it answers whenever it listens.
 */
export type Standing =
  | { kind: 'draft' | 'stopped' | 'deaf' | 'never_open' | 'keywords' | 'answers' }
  | { kind: 'partly'; time: Time; by: string }
  | { kind: 'never'; by: string[] };

export function timesOf(hours: Hours, clock: Clock): Time[] {
  const all: Time[] = clock.hours === null ? ['inside'] : ['inside', 'outside'];
  return all.filter((time) => hours === 'always' || hours === time);
}

/** Starts for any message that count on this channel. */
function openStarts({ live, stopped, any_message, starts }: Listener): Start[] {
  return live && !stopped && any_message ? starts.filter((start) => start.event === 'message.received') : [];
}

export function wordsOf({ live, stopped, keywords, starts }: Listener): string[] {
  const own = starts.filter((start) => start.event === 'keyword' && start.match !== 'pattern').flatMap((start) => start.terms);
  return live && !stopped ? [...keywords, ...own] : [];
}

/** The flows that any message at this time may start, in their order; those after one without a condition never are. */
export function answerersAt(listeners: readonly Listener[], time: Time, clock: Clock): { name: string; conditional: boolean; first: boolean }[] {
  const found: { name: string; conditional: boolean; first: boolean }[] = [];
  for (const first of [true, false]) {
    for (const listener of listeners.filter((each) => timesOf(each.hours, clock).includes(time))) {
      const starts = openStarts(listener).filter((start) => start.first === first);
      if (starts.length === 0) continue;
      const conditional = starts.every((start) => start.conditional);
      found.push({ name: listener.name, conditional, first });
      if (!conditional) break;
    }
  }
  return found;
}

export function standingOf(listeners: readonly Listener[], place: number, clock: Clock): Standing {
  const listener = listeners[place];
  if (listener === undefined || !listener.live) return { kind: 'draft' };
  if (listener.stopped) return { kind: 'stopped' };
  const times = timesOf(listener.hours, clock);
  if (times.length === 0) return { kind: 'never_open' };
  const starts = openStarts(listener);
  if (starts.length === 0) return { kind: wordsOf(listener).length > 0 || hasPatterns(listener) ? 'keywords' : 'deaf' };
  const before = listeners.slice(0, place);
  const by = times.map((time) => keptOutBy(before, starts, time, clock));
  if (by.every((name) => name !== undefined)) return { kind: 'never', by: [...new Set(by)] };
  const at = by.findIndex((name) => name !== undefined);
  const [time, name] = [times[at], by[at]];
  return time === undefined || name === undefined ? { kind: 'answers' } : { kind: 'partly', time, by: name };
}

/** Who takes at that time every message that these starts would take; undefined: nobody. */
function keptOutBy(before: readonly Listener[], starts: readonly Start[], time: Time, clock: Clock): string | undefined {
  const takers = starts.map((start) =>
    before.find(
      (other) => timesOf(other.hours, clock).includes(time) && openStarts(other).some((theirs) => !theirs.conditional && theirs.first === start.first),
    ),
  );
  return takers.every((taker) => taker !== undefined) ? takers[0]?.name : undefined;
}

function hasPatterns({ starts }: Listener): boolean {
  return starts.some((start) => start.event === 'keyword');
}

/** Keywords that start another flow, which is asked first at all the hours of this one. */
export function takenWords(listeners: readonly Listener[], place: number, clock: Clock): { word: string; by: string }[] {
  const listener = listeners[place];
  if (listener === undefined) return [];
  const times = timesOf(listener.hours, clock);
  return wordsOf(listener).flatMap((word) => {
    const other = listeners.slice(0, place).find((each) => {
      const theirs = timesOf(each.hours, clock);
      return times.every((time) => theirs.includes(time)) && wordsOf(each).some((their) => plain(their) === plain(word));
    });
    return other === undefined ? [] : [{ word, by: other.name }];
  });
}

/** What counts of a keyword when it is compared. */
export function plain(word: string): string {
  return fold(word).replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** The list with one of its flows elsewhere. */
export function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const item = items[from];
  if (item === undefined || to < 0 || to >= items.length) return [...items];
  return items.toSpliced(from, 1).toSpliced(to, 0, item);
}
