// What the chat knows, as a value, and how each thing that happens changes it; no clock, no network, no page.

import type { Delivery, Message, Option } from './wire';

/** How far one of the visitor's own messages has come; `waiting` = not yet tried, or no connection. */
export type Progress = 'waiting' | 'sending' | Delivery;

export interface Entry extends Message { readonly progress: Progress | null; readonly choice: string | null; readonly inReplyTo: string | null }

export interface Typing { readonly who: 'bot' | 'agent'; readonly name: string | null; readonly until: number }

/** `unavailable`: the server knows no such chat, so trying again is no use. */
export type Connection = 'idle' | 'connecting' | 'online' | 'offline' | 'unavailable';

export interface State {
  readonly connection: Connection;
  readonly resumed: boolean;
  readonly title: string | null;
  readonly greeting: string | null;
  readonly entries: readonly Entry[];
  readonly typing: Typing | null;
  readonly shown: boolean;
  readonly readUpTo: string | null;
}

export interface Draft {
  readonly clientId: string;
  readonly text: string;
  readonly choice: string | null;
  readonly inReplyTo: string | null;
  readonly at: string;
}

export type Happening =
  | { readonly kind: 'resumed'; readonly messages: readonly Message[]; readonly title: string | null; readonly greeting: string | null }
  | { readonly kind: 'arrived'; readonly message: Message }
  | { readonly kind: 'written'; readonly draft: Draft }
  | { readonly kind: 'progressed'; readonly clientId: string; readonly progress: Progress }
  | { readonly kind: 'typing'; readonly who: 'bot' | 'agent'; readonly name: string | null; readonly until: number }
  | { readonly kind: 'ticked'; readonly now: number }
  | { readonly kind: 'connection'; readonly connection: Connection }
  | { readonly kind: 'shown' }
  | { readonly kind: 'hidden' };

export function beginning(readUpTo: string | null): State {
  return {
    connection: 'idle', resumed: false, title: null, greeting: null, entries: [], typing: null, shown: false, readUpTo,
  };
}

export function after(state: State, happening: Happening): State {
  switch (happening.kind) {
    case 'resumed': {
      const { title, greeting } = happening;
      const known = happening.messages.reduce(withMessage, state.entries.filter((entry) => !isPending(entry)));
      const pending = state.entries.filter((entry) => isPending(entry) && !known.some((one) => one.clientId === entry.clientId));
      return caughtUp({ ...state, resumed: true, title, greeting, entries: [...inOrder(known), ...pending] });
    }
    case 'arrived': {
      const { message } = happening;
      const typing = message.from === 'contact' ? state.typing : null;
      return caughtUp({ ...state, typing, entries: withMessage(state.entries, message) });
    }
    case 'written': {
      if (state.entries.some((entry) => entry.clientId === happening.draft.clientId)) return state;
      return { ...state, entries: [...state.entries, entryOf(happening.draft)] };
    }
    case 'progressed':
      return { ...state, entries: state.entries.map((entry) => (
        entry.clientId === happening.clientId ? { ...entry, progress: further(entry.progress, happening.progress) } : entry)) };
    case 'typing':
      return { ...state, typing: { who: happening.who, name: happening.name, until: happening.until } };
    case 'ticked':
      return state.typing && state.typing.until <= happening.now ? { ...state, typing: null } : state;
    case 'connection':
      return { ...state, connection: happening.connection };
    case 'shown':
      return caughtUp({ ...state, shown: true });
    case 'hidden':
      return { ...state, shown: false };
  }
}

/** Own messages the server has not confirmed, oldest first. */
export function pending(state: State): readonly Entry[] {
  return state.entries.filter(isPending);
}

export function unread(state: State): number {
  const at = state.entries.findIndex((entry) => entry.id === state.readUpTo);
  return state.entries.slice(at + 1).filter((entry) => entry.from !== 'contact').length;
}

export function lastFromOthers(state: State): Entry | null {
  const others = state.entries.filter((entry) => entry.from !== 'contact');
  return others[others.length - 1] ?? null;
}

/** What became of a message's buttons: still open, or settled with the one that was pressed, if any. */
export type Buttons = { readonly kind: 'open' } | { readonly kind: 'settled'; readonly chosen: string | null };

export function buttonsOf(state: State, message: Entry): Buttons {
  const own = state.entries.slice(state.entries.indexOf(message) + 1).filter((entry) => entry.from === 'contact');
  const answer = own.find((entry) => entry.inReplyTo === message.id) ?? own[0];
  if (!answer) return { kind: 'open' };
  const byId = answer.inReplyTo === message.id ? answer.choice : null;
  return { kind: 'settled', chosen: byId ?? sameTitle(message.options, answer.text) };
}

function sameTitle(options: readonly Option[], text: string): string | null {
  return options.find((option) => option.title === text)?.id ?? null;
}

const STEPS: readonly Progress[] = ['sent', 'delivered', 'read'];

/** Never backwards: a receipt that overtook another, or an answer that came after the echo, changes nothing. */
function further(now: Progress | null, next: Progress): Progress {
  return now !== null && STEPS.indexOf(now) > STEPS.indexOf(next) ? now : next;
}

function isPending(entry: Entry): boolean {
  return entry.from === 'contact' && (entry.progress === 'waiting' || entry.progress === 'sending' || entry.progress === 'failed');
}

function entryOf(draft: Draft): Entry {
  return {
    id: draft.clientId, from: 'contact', name: null, text: draft.text, options: [], attachments: [], at: draft.at,
    clientId: draft.clientId, status: null, progress: 'waiting', choice: draft.choice, inReplyTo: draft.inReplyTo,
  };
}

/** The message in its place: over the copy we drew ourselves, over an earlier delivery of the same, or at the end. */
function withMessage(entries: readonly Entry[], message: Message): Entry[] {
  const place = entries.findIndex((entry) => entry.id === message.id || (message.clientId !== null && entry.clientId === message.clientId));
  const before = entries[place];
  const arrived = message.from === 'contact' ? message.status ?? 'sent' : null;
  const progress = arrived && further(before?.progress ?? null, arrived);
  const entry = { ...message, progress, choice: before?.choice ?? null, inReplyTo: before?.inReplyTo ?? null };
  return before ? entries.map((one, index) => (index === place ? entry : one)) : [...entries, entry];
}

function inOrder(entries: readonly Entry[]): Entry[] {
  return [...entries].sort((one, other) => Date.parse(one.at) - Date.parse(other.at) || 0);
}

/** While the panel is in view everything that came is read. */
function caughtUp(state: State): State {
  const last = lastFromOthers(state);
  return state.shown && last ? { ...state, readUpTo: last.id } : state;
}
