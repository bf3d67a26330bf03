// What the results ask of the server: counts of a period, the runs in it, one run turn by turn, who is in the flow now.
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api } from '../api';
import type { NodeCounts } from '../document/heat';
import type { Json } from '../document/json';
import type { Passed } from '../document/trail';

export const fates = ['waiting', 'dropped', 'handed_off', 'failed', 'completed', 'ended'] as const;
export type Fate = (typeof fates)[number];
export type Results = { runs: number; fates: Partial<Record<Fate, number>>; seconds: number | null; nodes: NodeCounts[] };
/** Null: of all versions; the runs that began in the last days. */
export type Period = { version: number | null; days: number };
type Named = { id: string; name: string };
/** Runs that met a fate, stand or ended at a step, or passed one (and left it by a port); of one contact. */
export type Filter = { fate?: Fate; stopped_at?: string; node?: string; port?: string; contact?: Named };

export type RunRow = {
  id: string;
  version: number;
  contact: Named | null;
  conversation: string | null;
  fate: Fate;
  reason: string | null;
  error: string | null;
  node: string | null;
  since: string | null;
  started_at: string;
  ended_at: string | null;
  turns: number;
};
export type Step = Passed & { type: string; why: string; answer: Json };
export type Turn = {
  number: number;
  at: string;
  heard: { kind: string; at: string; text: string; choice: string | null; name: string };
  steps: Step[];
  said: { node: string; text: string; options: { id: string; title: string }[] }[];
  done: string[];
};
export type Run = {
  id: string;
  version: number;
  contact: Named | null;
  conversation: string | null;
  status: string;
  reason: string | null;
  node: string | null;
  hidden: boolean;
  turns: Turn[];
};
export type Waiting = { version: number; node: string | null; runs: number };
/** Of a version, of those before one, or at a step; empty: all of the flow. */
export type Stop = { version?: number; before_version?: number; node?: string; then?: 'default_team' | 'end' };

export const FRESH = 30_000; // milliseconds between two looks at numbers that go on changing

export function asked(period: Period, more: Record<string, string | undefined> = {}): string {
  const since = new Date(Date.now() - period.days * 86_400_000).toISOString();
  const words = { from: since, version: period.version === null ? undefined : String(period.version), ...more };
  return new URLSearchParams(Object.entries(words).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))).toString();
}

export function useResults(flow: string, period: Period) {
  return useQuery({
    queryKey: ['results', flow, period],
    refetchInterval: FRESH,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get<Results>(`/flows/${flow}/results?${asked(period)}`, signal),
  });
}

export function useRuns(flow: string, period: Period, filter: Filter) {
  return useInfiniteQuery({
    queryKey: ['results', flow, period, 'runs', filter],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      api.get<{ runs: RunRow[]; before: string | null }>(
        `/flows/${flow}/runs?${asked(period, { ...filter, contact: filter.contact?.id, before: pageParam === '' ? undefined : pageParam })}`,
        signal,
      ),
    getNextPageParam: (page) => page.before,
  });
}

export function useRun(flow: string, id: string) {
  return useQuery({
    queryKey: ['results', flow, 'run', id],
    queryFn: ({ signal }) => api.get<Run>(`/flows/${flow}/runs/${id}`, signal),
  });
}

export function usePeople(flow: string) {
  return useQuery({
    queryKey: ['results', flow, 'people'],
    refetchInterval: FRESH,
    queryFn: ({ signal }) => api.get<{ runs: number; waiting: Waiting[] }>(`/flows/${flow}/people`, signal),
  });
}

/** Ends them some hundred at a time; `told` hears how many by then. */
export async function stopPeople(flow: string, which: Stop, told: (stopped: number) => void): Promise<number> {
  let all = 0;
  for (;;) {
    const { stopped, more } = await api.post<{ stopped: number; more: boolean }>(`/flows/${flow}/people/stop`, which);
    all += stopped;
    told(all);
    if (!more) return all;
  }
}
