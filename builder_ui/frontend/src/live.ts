// Live changes of the account: one EventSource that resumes, and the queries it makes stale.
import type { QueryClient } from '@tanstack/react-query';
import { api, isRecord, Refused } from './api';
import type { Session } from './session';

const KINDS = ['conversation', 'message', 'flow', 'team', 'account', 'contact'] as const;
type Kind = (typeof KINDS)[number];
export type Change = {
  kind: Kind;
  id: string;
  conversation: string | null;
  actor: string | null;
};
/** `who`: "contact" or a colleague's name; `member` is who they are. */
export type Typing = { conversation: string; who: string; member: string | null };
/** Somebody has a flow open in the window `screen`, or leaves it. */
export type Here = { flow: string; screen: string; member: string; who: string; what: 'came' | 'stays' | 'leaves'; step: string | null };
type Listener = { change?: (change: Change) => void; typing?: (typing: Typing) => void; here?: (here: Here) => void };

const listeners = new Set<Listener>();

/** Hear changes as they come; returns how to stop. */
export function listen(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Open the stream; returns how to close it. The browser resumes by Last-Event-ID; after a fatal end all is asked anew. */
export function follow(queries: QueryClient): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  function open() {
    source = new EventSource('/api/v1/live');
    source.addEventListener('hello', (event: MessageEvent<string>) => {
      if (failures > 0 || hasGap(event.data)) void queries.invalidateQueries();
      else readSession(queries); // with a screen open one is online
      failures = 0;
    });
    source.addEventListener('change', (event: MessageEvent<string>) => {
      const change = readChange(event.data);
      if (change === null) return;
      refresh(queries, change);
      for (const listener of listeners) listener.change?.(change);
    });
    source.addEventListener('typing', (event: MessageEvent<string>) => {
      const typing = readTyping(event.data);
      if (typing !== null) for (const listener of listeners) listener.typing?.(typing);
    });
    source.addEventListener('here', (event: MessageEvent<string>) => {
      const here = readHere(event.data);
      if (here !== null) for (const listener of listeners) listener.here?.(here);
    });
    source.onerror = () => {
      if (source?.readyState !== EventSource.CLOSED) return;
      failures += 1;
      readSession(queries); // it may have been ended elsewhere
      timer = setTimeout(open, Math.min(30_000, 1000 * 2 ** failures));
    };
  }

  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

/** The server no longer knows what was missed since the position it was asked to go on from. */
function hasGap(data: string): boolean {
  const value: unknown = JSON.parse(data);
  return isRecord(value) && value['reset'] === true;
}

function refresh(queries: QueryClient, change: Change): void {
  const stale = (...key: string[]) => void queries.invalidateQueries({ queryKey: key });
  switch (change.kind) {
    case 'conversation':
    case 'message': {
      const conversation = change.conversation ?? change.id;
      stale('conversations');
      stale('conversation', conversation);
      stale('timeline', conversation);
      return;
    }
    case 'flow':
      stale('flows');
      stale('flow', change.id);
      return;
    case 'team':
      stale('teams');
      stale('things');
      readSession(queries);
      return;
    case 'account':
      // Its own list, and what others say of it; the one that is gone is not asked for by itself.
      void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'things' && queryKey.length === 2 });
      stale('references');
      return;
    case 'contact':
      stale('contacts');
      stale('contact', change.id);
      stale('conversation'); // beside a conversation stands what is known of its contact
      return;
  }
}

/** Quietly: where no answer comes, the screen stays as it is. */
function readSession(queries: QueryClient): void {
  api.get<Session>('/session').then(
    (session) => queries.setQueryData(['session'], session),
    (error: unknown) => {
      if (error instanceof Refused && error.status === 401) queries.setQueryData(['session'], null);
    },
  );
}

function readChange(data: string): Change | null {
  const value: unknown = JSON.parse(data);
  if (!isRecord(value) || typeof value['id'] !== 'string') return null;
  const { id, conversation, actor } = value;
  const kind = KINDS.find((each) => each === value['kind']);
  if (kind === undefined) return null;
  return {
    kind,
    id,
    conversation: typeof conversation === 'string' ? conversation : null,
    actor: typeof actor === 'string' ? actor : null,
  };
}

function readTyping(data: string): Typing | null {
  const value: unknown = JSON.parse(data);
  if (!isRecord(value)) return null;
  const { conversation, who, member } = value;
  if (typeof conversation !== 'string' || typeof who !== 'string') return null;
  return { conversation, who, member: typeof member === 'string' ? member : null };
}

function readHere(data: string): Here | null {
  const value: unknown = JSON.parse(data);
  if (!isRecord(value)) return null;
  const { flow, screen, member, who, what, step } = value;
  if (typeof flow !== 'string' || typeof screen !== 'string' || typeof member !== 'string' || typeof who !== 'string') return null;
  return { flow, screen, member, who, what: what === 'came' || what === 'leaves' ? what : 'stays', step: typeof step === 'string' ? step : null };
}
