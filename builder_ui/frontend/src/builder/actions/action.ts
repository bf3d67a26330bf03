// One thing an author can do: its words, its keys, when it can be done; and how keys are read and shown.
import type { Icon } from '@tabler/icons-react';
import type { Store } from '../../canvas/editing';
import type { Hand } from '../../canvas/hand';
import type { Builder } from '../store';

export type Section = 'edit' | 'steps' | 'arrange' | 'view' | 'flow';
/** What an action works on; `key` is the key that was pressed. */
export type Call = { store: Store; hand: Hand; key: string; says: (key: string, count?: number) => string };
export type Action = {
  /** Its words are `actions.<id>` of the catalogue. */
  id: string;
  section: Section;
  icon?: Icon;
  /** Chords such as `Mod+Shift+z`; `Mod` is Ctrl, or ⌘ on a Mac. The first is the one that is shown. */
  keys?: readonly string[];
  /** Where the keys count: on the canvas, on the page outside of fields, or even while one types. */
  where?: 'canvas' | 'page' | 'anywhere';
  /** The browser hears these keys itself and tells by an event of its own (copy, cut, paste). */
  native?: true;
  /** Only by keys: it needs to know which one. */
  keysOnly?: true;
  /** Changes the document, so it is not offered where nothing may be changed. */
  writes?: true;
  can?: (state: Builder) => boolean;
  run: (call: Call) => void;
};

export function isPossible(action: Action, state: Builder): boolean {
  if (action.writes === true && state.readOnly) return false;
  return action.can?.(state) ?? true;
}

const isMac = /Mac|iP(hone|ad|od)/.test(navigator.platform);

/** What was pressed, written as in `keys`: signs stand for themselves, letters and digits name Shift. */
export function chordOf(event: KeyboardEvent): string {
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  const key = digit !== undefined && (event.shiftKey || event.key === digit) ? digit : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const isSign = key.length === 1 && !/[\p{L}\p{N}]/u.test(key);
  const parts = [
    ...(event.ctrlKey || event.metaKey ? ['Mod'] : []),
    ...(event.altKey ? ['Alt'] : []),
    ...(event.shiftKey && !isSign ? ['Shift'] : []),
    key,
  ];
  return parts.join('+');
}

const signs: Record<string, string> = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', Delete: 'Del', Escape: 'Esc' };

/** A chord as the keys of this machine are labelled. */
export function keysShown(chord: string): string {
  const named = (part: string) => {
    if (part === 'Mod') return isMac ? '⌘' : 'Ctrl';
    if (part === 'Alt') return isMac ? '⌥' : 'Alt';
    if (part === 'Shift') return isMac ? '⇧' : 'Shift';
    return signs[part] ?? (part.length === 1 ? part.toUpperCase() : part);
  };
  const parts = chord === '+' ? ['+'] : chord.endsWith('++') ? [...chord.slice(0, -2).split('+'), '+'] : chord.split('+');
  return parts.map(named).join(' ');
}
