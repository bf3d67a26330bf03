// Files of the account: sent in with progress, looked up by their content, and what channels take of them.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api, Refused, upload } from '../api';

export type Kind = 'image' | 'video' | 'audio' | 'document';
export type Stored = { ref: string; sha256: string; name: string; mime: string; kind: Kind; size: number; url: string };
export type Taken = { kind: Kind; most: number | null; types: string[] | null };
export type Limits = { most: number; channels: { name: string; media: Taken[] }[] };

/** What has gone wrong with a file that was to be sent in. */
export type Trouble = { kind: 'large'; most: number } | { kind: 'empty' } | { kind: 'barred' } | { kind: 'failed' };
export type Sending = { name: string; share: number };

const PREFIX = 'file:';

/** The content that a reference names; null for addresses. */
export function contentOf(value: string): string | null {
  return value.startsWith(PREFIX) ? value.slice(PREFIX.length) : null;
}

export function useStored(value: string) {
  const content = contentOf(value);
  return useQuery({
    queryKey: ['stored-file', content],
    enabled: content !== null,
    staleTime: Infinity,
    retry: (count, error) => count < 2 && !(error instanceof Refused),
    queryFn: () => api.get<Stored>(`/files/${content ?? ''}`),
  });
}

export function useLimits(flow: string | undefined) {
  return useQuery({
    queryKey: ['media-limits', flow],
    enabled: flow !== undefined,
    staleTime: 60_000,
    queryFn: () => api.get<Limits>(`/flows/${flow ?? ''}/media`),
  });
}

/** Sends one file in at a time; `done` gets what it became, as it is by then: meanwhile the form may have changed. */
export function useUpload(most: number | undefined, done: (stored: Stored) => void) {
  const client = useQueryClient();
  const [sending, setSending] = useState<Sending | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const running = useRef<AbortController | null>(null);
  const then = useRef(done);
  useEffect(() => {
    then.current = done;
  });
  useEffect(() => () => running.current?.abort(), []);

  async function send(file: File): Promise<void> {
    running.current?.abort();
    setTrouble(most !== undefined && file.size > most ? { kind: 'large', most } : file.size === 0 ? { kind: 'empty' } : null);
    if (file.size === 0 || (most !== undefined && file.size > most)) return;
    const stop = new AbortController();
    running.current = stop;
    setSending({ name: file.name, share: 0 });
    try {
      const path = `/files?name=${encodeURIComponent(file.name)}`;
      const stored = await upload<Stored>(path, file, (share) => setSending({ name: file.name, share }), stop.signal);
      client.setQueryData(['stored-file', stored.sha256], stored);
      then.current(stored);
    } catch (error) {
      if (!stop.signal.aborted) setTrouble(troubleOf(error));
    } finally {
      if (running.current === stop) setSending(null);
    }
  }

  return { sending, trouble, send, cancel: () => running.current?.abort() };
}

function troubleOf(error: unknown): Trouble {
  if (!(error instanceof Refused)) return { kind: 'failed' };
  const most = error.body['most'];
  if (error.status === 413) return { kind: 'large', most: typeof most === 'number' ? most : 0 };
  return { kind: error.status === 403 ? 'barred' : 'failed' };
}
