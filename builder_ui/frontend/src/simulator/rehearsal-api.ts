// What the simulator asks of the server: a talk played in made-up time, and the stories kept of such talks.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../api';
import type { Finding, FlowDocument } from '../document/flow';
import type { JsonObject } from '../document/json';
import type { Passed } from '../document/trail';

/** One thing that happens, as a story writes it: says, presses, waits, finished, … */
export type Act = JsonObject;
export type World = JsonObject;
export type Words = { 'pt-BR': string; en: string };
export type Option = { id: string; title: string };
export type Said = {
  text: string;
  show_as: 'buttons' | 'list' | 'text';
  options: Option[];
  attachments: { url: string; mime: string; name: string }[];
  location: JsonObject | null;
  contact_card: JsonObject | null;
};
export type Step = Passed & { type: string; why: string; answer: JsonObject[string] };
export type Came = {
  exchange: JsonObject;
  messages: Said[];
  effects: JsonObject[];
  trace: Step[];
  variables: JsonObject;
  answers: JsonObject;
  state: 'bot' | 'queued' | 'finished';
  team: string | null;
  now: string;
  waits_at: string | null;
  next_timer: string | null;
  status: 'open' | 'completed' | 'failed' | 'ended' | null;
  outcome: string | null;
  error: { code: string; node: string; message: string } | null;
};
export type Line = { is: ' ' | '-' | '+'; text: string };
export type Failure = { code: string; exchange: number | null; message: Words; diff: Line[]; node: string | null };
export type Rehearsed = { world: World; acts: Came[]; halfway: Came | null; stopped: Failure | null };

export type Story = { name: string; world?: World; exchanges: JsonObject[] };
export type StoryFile = { format: 'flowengine/stories'; format_version: 1; flow: string; world?: World; stories: Story[] };
export type Kept = { document: StoryFile | null; revision: number };
export type Told = { name: string; failures: Failure[] };
export type Results = {
  findings: Finding[];
  stories: Told[];
  nodes: { reached: number; of: number };
  ports: { reached: number; of: number };
  unreached: { nodes: string[]; ports: string[] };
};

export function rehearse(flow: string, asked: { document: FlowDocument; world: World; acts: Act[] }): Promise<Rehearsed> {
  return api.post<Rehearsed>(`/flows/${flow}/rehearsal`, asked);
}

const keyOf = (flow: string) => ['stories', flow];

export function useStories(flow: string) {
  return useQuery({ queryKey: keyOf(flow), queryFn: ({ signal }) => api.get<Kept>(`/flows/${flow}/stories`, signal) });
}

/** Tell all stories to the document as it is drawn now. */
export function useTelling(flow: string) {
  return useMutation({
    mutationFn: (document: FlowDocument) => api.post<Results>(`/flows/${flow}/stories/run`, { document }),
  });
}

/** Keep the stories that `change` makes of those that are kept now. */
export function useKeeping(flow: { id: string; key: string }) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (change: (stories: Story[]) => Story[]) => {
      const kept = await api.get<Kept>(`/flows/${flow.id}/stories`);
      const before: StoryFile = kept.document ?? { format: 'flowengine/stories', format_version: 1, flow: flow.key, stories: [] };
      const document = { ...before, stories: change(before.stories) };
      return api.put<Kept>(`/flows/${flow.id}/stories`, { document, revision: kept.revision });
    },
    onSuccess: (kept) => queries.setQueryData(keyOf(flow.id), kept),
  });
}
