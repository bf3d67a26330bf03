// Who else has this flow open, and at which step they are: heard by passing signs, forgotten when none come.
import { api } from '../api';
import { listen, type Here } from '../live';
import type { Store } from '../canvas/editing';

export type Other = { screen: string; member: string; name: string; step: string | null; heard: number };

const BEAT = 20_000; // ms between two signs of a window that stays
const LAPSES = 50_000; // two of them missed
const REST = 600; // a step that is passed over quickly is not told

/** The others after a sign. One's own windows are nobody else. */
export function after(others: readonly Other[], sign: Here, me: string, now: number): readonly Other[] {
  const rest = others.filter((other) => other.screen !== sign.screen);
  if (sign.member === me) return others;
  if (sign.what === 'leaves') return rest;
  const { screen, member, who, step } = sign;
  return [...rest, { screen, member, name: who, step, heard: now }].toSorted((one, other) => (one.name + one.screen).localeCompare(other.name + other.screen));
}

/** Those of whom a sign has come lately. */
export function stillHere(others: readonly Other[], now: number): readonly Other[] {
  const here = others.filter((other) => now - other.heard < LAPSES);
  return here.length === others.length ? others : here;
}

/** One entry a person: of several windows the one that has a step selected. */
export function people(others: readonly Other[]): Other[] {
  const byMember = new Map<string, Other>();
  for (const other of others) {
    const known = byMember.get(other.member);
    if (known === undefined || (known.step === null && other.step !== null)) byMember.set(other.member, other);
  }
  return [...byMember.values()];
}

/** Says that one is here and hears who else is, until the returned function is called. */
export function meetOthers(store: Store, me: string): () => void {
  const screen = crypto.randomUUID();
  const path = `/flows/${store.getState().flow.id}/here`;
  let told: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const say = (what: Here['what']) => {
    told = stepOf(store);
    api.post(path, { screen, what, step: told }).catch(() => undefined); // a passing sign: the next one says it again
  };
  const put = (others: readonly Other[]) => {
    if (others !== store.getState().others) store.getState().set({ others });
  };

  const stop = listen({
    here: (sign) => {
      if (sign.flow !== store.getState().flow.id || sign.screen === screen) return;
      put(after(store.getState().others, sign, me, Date.now()));
      if (sign.what === 'came' && sign.member !== me) setTimeout(() => say('stays'), Math.random() * 500);
    },
  });
  const unsubscribe = store.subscribe(() => {
    if (stepOf(store) === told || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      if (stepOf(store) !== told && store.getState().others.length > 0) say('stays');
    }, REST);
  });
  const beat = setInterval(() => {
    put(stillHere(store.getState().others, Date.now()));
    say('stays');
  }, BEAT);
  const leave = () => say('leaves');
  addEventListener('pagehide', leave);
  say('came');
  return () => {
    stop();
    unsubscribe();
    clearTimeout(timer);
    clearInterval(beat);
    removeEventListener('pagehide', leave);
    leave();
  };
}

/** The step that one looks at: the opened one, else the only one that is selected. */
function stepOf(store: Store): string | null {
  const { opened, selected } = store.getState();
  const [first] = selected;
  return opened ?? (selected.size === 1 && first !== undefined ? first : null);
}
