// Replies on their way: shown at once, sent once, kept in sight when they fail.
import { create } from 'zustand';
import { newId } from '../../widget/src/ids';
import { api, isRecord, Refused, Unreachable } from '../api';
import type { Item, MessageItem } from './types';

export type Outgoing = {
  conversation: string;
  clientId: string;
  text: string;
  at: string;
  seen: string | null;
  fate: { kind: 'sending' } | { kind: 'sent' } | { kind: 'failed'; code: string; detail: string | null; colleague: string };
};

type Store = { messages: readonly Outgoing[] };
export const useOutgoing = create<Store>(() => ({ messages: [] }));

/** Sends a reply under a new client id; the id makes a repeat the same message. */
export function sendReply(conversation: string, text: string, seen: string | null): void {
  const message: Outgoing = { conversation, text, seen, clientId: newId(), at: new Date().toISOString(), fate: { kind: 'sending' } };
  useOutgoing.setState(({ messages }) => ({ messages: [...messages, message] }));
  void post(message);
}

/** Tries a failed reply again under its old id, whatever arrived meanwhile: the person has seen it by now. */
export function sendAgain(message: Outgoing): void {
  const again: Outgoing = { ...message, seen: null, fate: { kind: 'sending' } };
  replace(again);
  void post(again);
}

/** Lets go of a failed reply; gives its text back to whoever wants to edit it. */
export function giveUp(message: Outgoing): string {
  useOutgoing.setState(({ messages }) => ({ messages: messages.filter((one) => one.clientId !== message.clientId) }));
  return message.text;
}

async function post(message: Outgoing): Promise<void> {
  const { conversation, text, clientId, seen } = message;
  try {
    await api.post<MessageItem>(`/conversations/${conversation}/messages`, { text, client_id: clientId, ...(seen !== null && { seen }) });
    replace({ ...message, fate: { kind: 'sent' } });
  } catch (error) {
    replace({ ...message, fate: failure(error) });
  }
}

function replace(message: Outgoing): void {
  useOutgoing.setState(({ messages }) => ({ messages: messages.map((one) => (one.clientId === message.clientId ? message : one)) }));
}

function failure(error: unknown): Outgoing['fate'] {
  if (!(error instanceof Refused)) return { kind: 'failed', code: error instanceof Unreachable ? 'unreachable' : 'unexpected', detail: null, colleague: '' };
  const { by } = error.body;
  const colleague = isRecord(by) && typeof by['name'] === 'string' ? by['name'] : '';
  return { kind: 'failed', code: error.code, detail: error.message, colleague };
}

/** Lets go of those that the timeline shows by now. */
export function settle(items: readonly Item[]): void {
  const arrived = clientIds(items);
  const { messages } = useOutgoing.getState();
  if (messages.some((message) => arrived.has(message.clientId))) {
    useOutgoing.setState({ messages: messages.filter((message) => !arrived.has(message.clientId)) });
  }
}

/** Those of a conversation that its timeline does not show yet. */
export function notYetIn(items: readonly Item[], messages: readonly Outgoing[], conversation: string): Outgoing[] {
  const arrived = clientIds(items);
  return messages.filter((message) => message.conversation === conversation && !arrived.has(message.clientId));
}

function clientIds(items: readonly Item[]): Set<string> {
  return new Set(items.flatMap((item) => (item.kind === 'message' && typeof item.client_id === 'string' ? [item.client_id] : [])));
}
