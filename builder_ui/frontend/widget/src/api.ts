// The web chat's HTTP calls. The visitor's token goes in the Authorization header, never in an address.

import { readSession, type Session } from './wire';
import type { Draft } from './state';

/** What became of a message that was posted. */
export type Posted = 'taken' | 'refused' | 'unknown visitor' | 'no answer';

export interface Api {
  readonly session: (token: string | null) => Promise<Session>;
  readonly post: (token: string, draft: Draft) => Promise<Posted>;
  readonly events: (token: string, lastEventId: string | null, signal: AbortSignal) => Promise<Response>;
  readonly receipt: (token: string, upTo: string, status: 'delivered' | 'read') => Promise<void>;
  readonly typing: (token: string) => Promise<void>;
}

export class NoSession extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`no chat session, the server answered ${status}`);
    this.status = status;
  }
}

const PATIENCE = 20_000;

export function apiAt(address: string, visitor: { readonly name: string | null; readonly language: string }): Api {
  const call = (path: string, token: string | null, body: unknown, signal = AbortSignal.timeout(PATIENCE)) => fetch(`${address}/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(token === null ? {} : { Authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
    credentials: 'omit',
    signal,
  });
  return {
    session: async (token) => {
      const { name, language } = visitor;
      const response = await call('session', null, { ...(token ? { token } : {}), ...(name ? { name } : {}), language });
      const session = response.ok ? readSession(await response.json(), language) : null;
      if (!session) throw new NoSession(response.status);
      return session;
    },
    post: async (token, { clientId, text, choice, inReplyTo }) => {
      const content = choice === null ? { text } : { text, choice };
      try {
        const response = await call('messages', token, { id: clientId, ...content, ...(inReplyTo ? { in_reply_to: inReplyTo } : {}) });
        return meaning(response.status);
      } catch {
        return 'no answer';
      }
    },
    events: (token, lastEventId, signal) => fetch(`${address}/events`, {
      headers: { Accept: 'text/event-stream', Authorization: `Bearer ${token}`, ...(lastEventId ? { 'Last-Event-ID': lastEventId } : {}) },
      credentials: 'omit',
      cache: 'no-store',
      signal,
    }),
    receipt: async (token, upTo, status) => { await call('receipts', token, { up_to: upTo, status }); },
    typing: async (token) => { await call('typing', token, {}); },
  };
}

function meaning(status: number): Posted {
  if (status >= 200 && status < 300) return 'taken';
  if (status === 401) return 'unknown visitor';
  if (status === 408 || status === 425 || status === 429 || status >= 500) return 'no answer';
  return 'refused';
}
