// What the server says before and after a publication: who could go on in another version, and how past runs would go.
import { useQueries, useQuery } from '@tanstack/react-query';
import { api } from '../api';
import { flowApi } from '../builder/flow-api';
import type { Finding, FlowDocument } from '../document/flow';

export const whys = ['gone', 'type', 'ways', 'awaits', 'between'] as const;
export type Why = (typeof whys)[number];
/** People of a version at a step; `why` they would stay there, null: they can go on. */
export type Prospect = { version: number; node: string | null; runs: number; why: Why | null };
export type Prospects = { moves: number; stays: number; places: Prospect[] };
export type Moved = { moved: number; stayed: number };

export type Passed = { node: string; port: string | null };
/** Where past runs differ first; `run` is one of them, of `version`. */
export type Parting = {
  verdict: 'otherwise' | 'elsewhere' | 'unknown';
  why: string;
  node: string;
  before: Passed | null;
  after: Passed | null;
  runs: number;
  run: string;
  version: number;
};
export type Retraced = { of: number; walked: number; same: number; otherwise: number; elsewhere: number; unknown: number; places: Parting[] };

/** To the draft of this revision, or (null) to what is live. */
export function useProspects(flow: string, revision: number | null, enabled: boolean) {
  const to = revision === null ? 'live' : 'draft';
  return useQuery({
    queryKey: ['results', flow, 'moving', to, revision],
    enabled,
    retry: false,
    queryFn: ({ signal }) => api.get<Prospects>(`/flows/${flow}/people/moving?to=${to}`, signal),
  });
}

export function useRetraced(flow: string, revision: number, enabled: boolean) {
  return useQuery({
    queryKey: ['results', flow, 'retraced', revision],
    enabled,
    retry: false,
    queryFn: ({ signal }) => api.get<Retraced>(`/flows/${flow}/draft/retraced`, signal),
  });
}

/** The drawings of these versions, as far as they are here. */
export function useDrawn(flow: string, numbers: number[]): FlowDocument[] {
  return useQueries({
    queries: [...new Set(numbers)].map((number) => ({
      queryKey: ['versions', flow, number],
      staleTime: Infinity, // a version never changes
      queryFn: () => flowApi.version(flow, number),
    })),
    combine: (found) => found.flatMap(({ data }) => (data === undefined ? [] : [data.document])),
  });
}

/** Moves them some hundred at a time to what is live; `told` hears how many have been looked at by then. */
export async function movePeople(flow: string, told: (seen: number) => void): Promise<Moved> {
  const all: Moved = { moved: 0, stayed: 0 };
  let after: string | null = null;
  do {
    const some: Moved & { after: string | null } = await api.post(`/flows/${flow}/people/move`, { after });
    all.moved += some.moved;
    all.stayed += some.stayed;
    after = some.after;
    told(all.moved + all.stayed);
  } while (after !== null);
  return all;
}

/** The flow's own stories, told to its draft: how many there are, and a warning for each that does not come true. */
export function useToldStories(flow: string, revision: number, enabled: boolean) {
  return useQuery({
    queryKey: ['told-stories', flow, revision],
    enabled,
    retry: false,
    queryFn: async () => {
      const { stories, findings } = await api.post<{ stories: { failures: unknown[] }[]; findings: Finding[] }>(`/flows/${flow}/stories/run`, {});
      return { count: stories.length, passed: stories.filter((story) => story.failures.length === 0).length, findings };
    },
  });
}
