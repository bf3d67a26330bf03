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
  channels: ChannelUse[];
  runs_7d: number;
  completed_7d: number;
  failed_7d: number;
  updated_at: string;
  updated_by: Person | null;
};
export type NewFlow = { name: string; kind?: string; document?: Json | FlowDocument };

export function useFlows() {
  return useQuery({
    queryKey: ['flows'],
    queryFn: async ({ signal }) => (await api.get<{ flows: FlowRow[] }>('/flows', signal)).flows,
  });
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

/** Out of the archive, and on the channels again that it was taken from. */
export function useRestoreFlow() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, channels }: FlowRow) => {
      await api.post<Flow>(`/flows/${id}/restore`, {});
      if (channels.length > 0) await api.put<unknown>(`/flows/${id}/channels`, { channels: channels.map((channel) => channel.key) });
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

export const exportFlows = (keys: readonly string[]) => api.post<JsonObject>('/bundles/export', { flows: keys });
export const lookAt = (bundle: JsonObject | FlowDocument) => api.post<Report>('/bundles/look', { bundle });

export type Import = { bundle: JsonObject | FlowDocument; mapping: Mapping };

export function useImport() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (order: Import) => api.post<Imported>('/bundles/import', order),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['references'] });
      void queries.invalidateQueries({ queryKey: ['things'] });
      return queries.invalidateQueries({ queryKey: ['flows'] });
    },
  });
}

export const readFlowById = (id: string) => api.get<Flow>(`/flows/${id}`);
