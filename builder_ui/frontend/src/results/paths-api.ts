// What the tests, the funnel, what was not understood and the table of answers ask of the server.
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api } from '../api';
import type { Json } from '../document/json';
import { asked, FRESH, type Fate, type Period } from './results-api';

export type Variant = {
  id: string;
  title: string;
  weight: number;
  entered: number;
  reached: number;
  under_way: number;
  share: number | null;
  low: number;
  high: number;
  behind: boolean;
};
export type Split = {
  node: string;
  judged: { kind: 'goal' | 'outcome' | 'step' | 'completed' | 'unknown'; name: string };
  worth: number;
  needed: number;
  verdict: 'alone' | 'too_few' | 'alike' | 'differ';
  best: string | null;
  variants: Variant[];
};
export type Stage = { kind: 'started' | 'step' | 'goal' | 'completed'; node: string | null; runs: number; left: Partial<Record<Fate, number>> };
export type Said = { text: string; times: number; contacts: number };
type Named = { id: string; name: string };
/** `called`: a flow that this one calls asks it. */
export type Question = { node: string; times: number; unwritten: number; hidden: number; said: Said[]; called: { flow: Named; title: string } | null };
/** `caller`: the flow whose run it is, where another one called this. */
export type Row = {
  id: string;
  version: number;
  caller: Named | null;
  contact: Named | null;
  fate: Fate;
  started_at: string;
  ended_at: string | null;
  answers: Record<string, Json>;
};
export type AnswersPage = { questions: { node: string; title: string }[]; rows: Row[]; before: string | null; called: Named[] };

export function useSplits(flow: string, period: Period, worth: number, wanted: boolean) {
  return useQuery({
    queryKey: ['results', flow, period, 'splits', worth],
    enabled: wanted,
    staleTime: FRESH, // it is read, not watched
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => (await api.get<{ splits: Split[] }>(`/flows/${flow}/splits?${asked(period, { worth: String(worth) })}`, signal)).splits,
  });
}

export function useFunnel(flow: string, period: Period) {
  return useQuery({
    queryKey: ['results', flow, period, 'funnel'],
    refetchInterval: FRESH,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => (await api.get<{ stages: Stage[] }>(`/flows/${flow}/funnel?${asked(period)}`, signal)).stages,
  });
}

export function useNotUnderstood(flow: string, period: Period, wanted: boolean) {
  return useQuery({
    queryKey: ['results', flow, period, 'not-understood'],
    enabled: wanted,
    staleTime: FRESH, // it is read, not watched
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get<{ questions: Question[]; more: boolean }>(`/flows/${flow}/not-understood?${asked(period)}`, signal),
  });
}

export function useAnswers(flow: string, period: Period) {
  return useInfiniteQuery({
    queryKey: ['results', flow, period, 'answers'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      api.get<AnswersPage>(`/flows/${flow}/answers?${asked(period, { before: pageParam === '' ? undefined : pageParam })}`, signal),
    getNextPageParam: (page) => page.before,
  });
}

/** Where the table lies as a file; its period is counted from the moment it is asked for. */
export function answersFile(flow: string, period: Period, language: string): string {
  return `/api/v1/flows/${flow}/answers.csv?${asked(period, { language })}`;
}
