// What the settings ask of the server: lists of things, where one is used, saving, removing.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, isRecord } from '../api';
import { isObject, listOf, type Json, type JsonObject } from '../document/json';
import { addressOf, kindOf, removeThing, saveThing, type AskSuccessors, type Resource } from './resource';

export function useThingList(resource: Resource) {
  return useQuery({
    queryKey: ['things', resource.id],
    queryFn: async ({ signal }) => {
      const answer = await api.get<JsonObject>(resource.path, signal);
      return listOf(answer[resource.list]).filter(isObject);
    },
  });
}

/** All of one thing; where the list has it whole, no question is asked. */
export function useThing(resource: Resource, thing: JsonObject | undefined): JsonObject | undefined {
  const read = useQuery({
    queryKey: ['things', resource.id, thing === undefined ? null : addressOf(resource, thing)],
    enabled: thing !== undefined && resource.read !== undefined,
    queryFn: () => resource.read?.(thing ?? {}) ?? {},
  });
  return resource.read === undefined ? thing : read.data;
}

export type Uses = {
  flows: { id: string; key: string; name: string; draft: boolean; live: boolean; nodes: string[] }[];
  others: { kind: string; slug: string; name: string }[];
};

export function useUses(resource: Resource, thing: JsonObject) {
  return useQuery({
    queryKey: ['uses', resource.id, addressOf(resource, thing), resource.query?.(thing)],
    enabled: kindOf(resource, thing) !== null,
    gcTime: 0,
    queryFn: ({ signal }) => api.get<Uses>(`${addressOf(resource, thing)}/uses${resource.query?.(thing) ?? ''}`, signal),
  });
}

/** Where it is asked who names a thing of this kind (`x-ref`) and slug; null where that is not known by them. */
export function usesPathOf(kind: string, slug: string): string | null {
  const [pipeline = '', stage = ''] = slug.split('/');
  if (kind === 'stage') return `/pipelines/${pipeline}/stages/${stage}/uses`;
  if (kind === 'deal_field') return `/fields/${slug}/uses?of=deal`;
  const lists = ['constant', 'field', 'pipeline', 'portfolio', 'reason', 'secret', 'segment', 'snippet', 'tag', 'team', 'template', 'user'];
  return lists.includes(kind) ? `/${kind}s/${slug}/uses` : kind === 'ai' ? `/ai/${slug}/uses` : null;
}

/** The uses that a refusal tells of. */
export function usesIn(body: Record<string, unknown>): Uses {
  const uses = isRecord(body['uses']) ? body['uses'] : {};
  const list = (value: unknown) => (Array.isArray(value) ? value.filter(isRecord) : []);
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return {
    flows: list(uses['flows']).map((each) => ({
      id: text(each['id']),
      key: text(each['key']),
      name: text(each['name']),
      draft: each['draft'] === true,
      live: each['live'] === true,
      nodes: Array.isArray(each['nodes']) ? each['nodes'].map(String) : [],
    })),
    others: list(uses['others']).map((each) => ({ kind: text(each['kind']), slug: text(each['slug']), name: text(each['name']) })),
  };
}

type Order = { value: JsonObject; before: JsonObject | null; ask: AskSuccessors };

export function useSaveThing(resource: Resource) {
  const stale = useStale();
  return useMutation({
    mutationFn: ({ value, before, ask }: Order) => saveThing(resource, value, before, ask),
    onSuccess: stale,
  });
}

/** Only lists are asked anew: what is gone would be refused. */
export function useRemoveThing(resource: Resource) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ thing, successor }: { thing: JsonObject; successor: string | null }) => removeThing(resource, thing, successor),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['references'] });
      void queries.invalidateQueries({ queryKey: ['things', resource.id], exact: true });
    },
  });
}

function useStale() {
  const queries = useQueryClient();
  return async () => {
    void queries.invalidateQueries({ queryKey: ['references'] });
    void queries.invalidateQueries({ queryKey: ['uses'] });
    await queries.invalidateQueries({ queryKey: ['things'] });
  };
}

export type Tried = { ok: boolean; status: number | null; detail: string; milliseconds: number };

export const tryAi = (slug: string) => api.post<Tried>(`/ai/${encodeURIComponent(slug)}/try`);

export function textOfValue(value: Json | undefined): string {
  return value === undefined || value === null ? '' : Array.isArray(value) ? value.map(textOfValue).join(', ') : isObject(value) ? '' : String(value);
}
