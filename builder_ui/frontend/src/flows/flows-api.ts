// What the list of flows asks of the server.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../api';
import type { ChannelUse, Flow, Person } from '../builder/flow-api';
import type { FlowDocument } from '../document/flow';
import type { Json, JsonObject } from '../document/json';
import type { Imported, Mapping, Report } from './bundle';

export type FlowRow = {
  id: string;
  key: string;
  name: string;
  kind: string;
  nodes: number;
  live: { number: number; published_at: string } | null;
  draft_differs: boolean;
  /** Since when nobody begins it; null: it begins where it is bound. */
  stopped_at: string | null;
  channels: ChannelUse[];
  folder: string | null;
  tags: string[];
  runs_7d: number;
  completed_7d: number;
  failed_7d: number;
  /** Of the last thirty days, today last. */
  runs_by_day: number[];
  failed_by_day: number[];
  updated_at: string;
  updated_by: Person | null;
};
export type Folder = { id: string; name: string };
/** What dragged rows are called by: their ids, one space between. */
export const DRAGGED = 'application/x-flowengine-flows';
/** `archived` counts those that are not listed. */
export type FlowList = { flows: FlowRow[]; folders: Folder[]; archived: number };
export type NewFlow = { name: string; kind?: string; document?: Json | FlowDocument; folder?: string | null; tags?: string[] };

const list = {
  queryKey: ['flows'],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.get<FlowList>('/flows', signal),
};

export function useFlowList() {
  return useQuery(list);
}

/** The flows alone. */
export function useFlows() {
  return useQuery({ ...list, select: (all) => all.flows });
}

export function useCreateFlow() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (flow: NewFlow) => api.post<Flow>('/flows', flow),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['flows'] }),
  });
}

export function useArchiveFlow() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete<void>(`/flows/${id}`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['flows'] }),
  });
}

/** How a flow listens on a channel, as the server keeps it. */
export type Listening = { flow: string } & Pick<ChannelUse, 'hours' | 'any_message' | 'keywords'>;

/** Out of the archive, and on the channels again that it was taken from, listening as it did; asked last there. */
export function useRestoreFlow() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, channels }: FlowRow) => {
      const { key: flow } = await api.post<Flow>(`/flows/${id}/restore`, {});
      for (const { key, hours, any_message, keywords } of channels) {
        const address = `/channels/${encodeURIComponent(key)}/flows`;
        const others = (await api.get<{ flows: Listening[] }>(address)).flows.map(({ flow, hours, any_message, keywords }) => ({ flow, hours, any_message, keywords }));
        await api.put<unknown>(address, { flows: [...others, { flow, hours, any_message, keywords }] });
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['flows'] }),
  });
}

/** A flow that comes with the program, to start from; `references` are the things it names, as a bundle defines them. */
export type ReadyMade = {
  key: string;
  name: string;
  description: string;
  kind: string;
  nodes: number;
  document: FlowDocument;
  references: JsonObject[];
};

export function useReadyMade() {
  return useQuery({
    queryKey: ['ready-made-flows'],
    staleTime: Infinity,
    queryFn: async ({ signal }) => (await api.get<{ flows: ReadyMade[] }>('/ready-made-flows', signal)).flows,
  });
}

export const exportFlows = (keys: readonly string[]) => api.post<JsonObject>('/bundles/export', { flows: keys, files: 'bytes' });
export const lookAt = (bundle: JsonObject | FlowDocument) => api.post<Report>('/bundles/look', { bundle });

export type Import = { bundle: JsonObject | FlowDocument; mapping: Mapping };

export function useImport() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (order: Import) => api.post<Imported>('/bundles/import', order),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['references'] });
      void queries.invalidateQueries({ queryKey: ['things'] });
      void queries.invalidateQueries({ queryKey: ['stored-file'] });
      return queries.invalidateQueries({ queryKey: ['flows'] });
    },
  });
}

export const readFlowById = (id: string) => api.get<Flow>(`/flows/${id}`);
