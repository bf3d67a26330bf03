// What was begun and not sent, per conversation and per kind, kept on this device.
import { create } from 'zustand';

export type Mode = 'reply' | 'note';
type Drafts = Readonly<Record<string, string>>;

const PLACE = 'inbox:drafts';
const MOST = 200; // the oldest go first, so that the device's storage does not fill up

const key = (conversation: string, mode: Mode) => `${mode}:${conversation}`;

function load(): Drafts {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(PLACE) ?? '{}');
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return {};
  }
}

const useDrafts = create<{ drafts: Drafts }>(() => ({ drafts: load() }));

export function useDraft(conversation: string, mode: Mode): string {
  return useDrafts(({ drafts }) => drafts[key(conversation, mode)] ?? '');
}

export function keepDraft(conversation: string, mode: Mode, text: string): void {
  const place = key(conversation, mode);
  const others = Object.entries(useDrafts.getState().drafts).filter(([name]) => name !== place);
  const drafts = Object.fromEntries(text === '' ? others : [...others.slice(1 - MOST), [place, text]]);
  useDrafts.setState({ drafts });
  try {
    localStorage.setItem(PLACE, JSON.stringify(drafts));
  } catch {
    // Full or forbidden storage: the draft lives as long as the page.
  }
}
