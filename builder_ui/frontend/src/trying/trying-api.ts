// What is asked of the server to try a text or a request before a flow runs.
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { api } from '../api';
import type { FlowDocument } from '../document/flow';
import type { Json, JsonObject } from '../document/json';
import type { Sample } from './example';

export type Preview = { text: string | null; lacks: string[]; wrong: { 'pt-BR': string; en: string } | null };
export type Came = {
  sent: { method: string; url: string; headers: Record<string, string>; query: Record<string, string>; body: Json; secret: string | null };
  ok: boolean;
  status: number;
  reason: '' | 'status' | 'timeout' | 'refused' | 'unknown';
  error: string;
  headers: Record<string, string>;
  body: Json;
  size: number;
  cut: boolean;
  milliseconds: number;
  lacks: string[];
  port: string | null;
  sets: JsonObject;
};
type Step = { id: string; type: string; params: JsonObject };

function drawn({ language, variables }: FlowDocument) {
  return { language: language ?? 'pt-BR', variables: variables ?? [] };
}

export function usePreview(flow: string, document: FlowDocument, text: string, example: Sample) {
  const asked = { ...drawn(document), text, example };
  return useQuery({
    queryKey: ['preview', flow, asked],
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    retry: false,
    queryFn: () => api.post<Preview>(`/flows/${flow}/preview`, asked),
  });
}

export function useTry(flow: string) {
  return useMutation({
    mutationFn: ({ document, step, example }: { document: FlowDocument; step: Step; example: Sample }) =>
      api.post<Came>(`/flows/${flow}/try`, { ...drawn(document), step: { id: step.id, type: step.type, params: step.params }, example }),
  });
}
