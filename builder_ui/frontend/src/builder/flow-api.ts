// What the builder asks of the server.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api } from '../api';
import type { Finding, FlowDocument } from '../document/flow';
import type { NodeTypes, Things } from '../document/schema';

export type Person = { id: string; name: string };
export type LiveVersion = {
  number: number;
  hash?: string;
  note?: string;
  published_at: string;
  published_by?: Person | null;
};
/** Where a flow answers: when, to any message or to keywords alone, and to which of the channel's own. */
export type ChannelUse = { key: string; kind: string; name: string; hours: 'always' | 'inside' | 'outside'; any_message: boolean; keywords: string[] };
export type Flow = {
  id: string;
  key: string;
  name: string;
  kind: string;
  document: FlowDocument;
  revision: number;
  live: LiveVersion | null;
  stopped_at: string | null;
  draft_differs: boolean;
  changes: number;
  findings: Finding[];
  channels: ChannelUse[];
};
export type Saved = {
  revision: number;
  saved_at: string;
  draft_differs: boolean;
  changes: number;
  findings: Finding[];
};
export type Version = {
  number: number;
  hash: string;
  note: string;
  published_at: string;
  published_by: Person | null;
};

export function useNodeTypes() {
  return useQuery({
    queryKey: ['node-types'],
    staleTime: Infinity,
    queryFn: ({ signal }) => api.get<NodeTypes>('/node-types', signal),
  });
}

export function useReferences() {
  return useQuery({
    queryKey: ['references'],
    staleTime: 60_000,
    queryFn: ({ signal }) => api.get<Things>('/references', signal),
  });
}

export function useVersions(flow: string) {
  return useQuery({
    queryKey: ['versions', flow],
    queryFn: async ({ signal }) => (await api.get<{ versions: Version[] }>(`/flows/${flow}/versions`, signal)).versions,
  });
}

export function useVersion(flow: string, number: number | null) {
  return useQuery({
    queryKey: ['versions', flow, number],
    staleTime: Infinity, // a version never changes
    enabled: number !== null,
    queryFn: () => flowApi.version(flow, number ?? 0),
  });
}

/** How the draft stood after one sitting of one person; `changed` since the point before, by language. */
export type Point = {
  revision: number;
  name: string;
  by: Person | null;
  begun_at: string;
  saved_at: string;
  changed: Record<string, { lines: string[]; more: number }> | null;
};

export function usePoints(flow: string, revision: number) {
  return useInfiniteQuery({
    queryKey: ['points', flow, revision],
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) =>
      api.get<{ points: Point[]; before: number | null }>(`/flows/${flow}/points${pageParam === 0 ? '' : `?before=${String(pageParam)}`}`, signal),
    getNextPageParam: (page) => page.before,
    placeholderData: (before) => before,
  });
}

/** What the flow's own stories say of its draft: a warning for each that does not come true. */
export function useStoryFindings(flow: string, revision: number, enabled: boolean) {
  return useQuery({
    queryKey: ['story-findings', flow, revision],
    enabled,
    retry: false,
    queryFn: async () => (await api.post<{ findings: Finding[] }>(`/flows/${flow}/stories/run`, {})).findings,
  });
}

export const flowApi = {
  read: (id: string) => api.get<Flow>(`/flows/${id}`),
  save: (id: string, document: FlowDocument, revision: number) =>
    api.put<Saved>(`/flows/${id}/draft`, { document, revision }),
  publish: (id: string, order: { revision: number; note: string; accept_warnings: boolean }) =>
    api.post<{ number: number; hash: string; published_at: string }>(`/flows/${id}/versions`, order),
  version: (id: string, number: number) =>
    api.get<Version & { document: FlowDocument }>(`/flows/${id}/versions/${String(number)}`),
  point: (id: string, revision: number) => api.get<{ document: FlowDocument }>(`/flows/${id}/points/${String(revision)}`),
  namePoint: (id: string, revision: number, name: string) => api.put<void>(`/flows/${id}/points/${String(revision)}/name`, { name }),
  check: (document: FlowDocument) => api.post<{ findings: Finding[] }>('/flows/check', { document }),
  bind: (id: string, channels: string[]) => api.put<unknown>(`/flows/${id}/channels`, { channels }),
};
