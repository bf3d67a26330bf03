// What the chat keeps on the visitor's device between pages: token, place read, messages not yet sent.

import type { Draft } from './state';

export interface Memory {
  readonly token: string | null;
  readonly readUpTo: string | null;
  readonly outbox: readonly Draft[];
}

export interface Keeper {
  readonly load: () => Memory;
  readonly save: (change: Partial<Memory>) => void;
}

export const NOTHING: Memory = { token: null, readUpTo: null, outbox: [] };

/** Keeps in `storage` under one name; where the browser refuses storage, for as long as the page lives. */
export function keeperIn(storage: Pick<Storage, 'getItem' | 'setItem'> | null, name: string): Keeper {
  let memory = NOTHING;
  return {
    load: () => {
      try {
        memory = storage ? readMemory(storage.getItem(name)) : memory;
      } catch {
        // Private windows and blocked site data throw here: go on with what the page remembers.
      }
      return memory;
    },
    save: (change) => {
      memory = { ...memory, ...change };
      try {
        storage?.setItem(name, JSON.stringify(memory));
      } catch {
        // Full or forbidden: the talk works, only a reload forgets.
      }
    },
  };
}

export function storageOf(window: Window): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

function readMemory(text: string | null): Memory {
  if (text === null) return NOTHING;
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) return NOTHING;
  const token = 'token' in value && typeof value.token === 'string' ? value.token : null;
  const readUpTo = 'readUpTo' in value && typeof value.readUpTo === 'string' ? value.readUpTo : null;
  const outbox = 'outbox' in value && Array.isArray(value.outbox) ? value.outbox.flatMap(readDraft) : [];
  return { token, readUpTo, outbox };
}

function readDraft(value: unknown): Draft[] {
  if (typeof value !== 'object' || value === null || !('clientId' in value) || !('text' in value)) return [];
  const { clientId, text } = value;
  if (typeof clientId !== 'string' || typeof text !== 'string') return [];
  const choice = 'choice' in value && typeof value.choice === 'string' ? value.choice : null;
  const inReplyTo = 'inReplyTo' in value && typeof value.inReplyTo === 'string' ? value.inReplyTo : null;
  const at = 'at' in value && typeof value.at === 'string' ? value.at : new Date(0).toISOString();
  return [{ clientId, text, choice, inReplyTo, at }];
}
