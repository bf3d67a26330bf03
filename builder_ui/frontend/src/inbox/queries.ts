// What the inbox asks and orders, over the one fetcher; live.ts makes these keys stale when something changes.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../api';
import type { Conversation, Item, NoteItem, Page, Team, TimelinePage, View } from './types';

export function useConversations(view: View, search: string) {
  return useInfiniteQuery({
    queryKey: ['conversations', view, search],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ view, ...(pageParam && { cursor: pageParam }), ...(search && { q: search }) });
      return api.get<Page>(`/conversations?${query.toString()}`, signal);
    },
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: 60_000, // waiting times change without any event
  });
}

export function useConversation(id: string) {
  return useQuery({ queryKey: ['conversation', id], queryFn: ({ signal }) => api.get<Conversation>(`/conversations/${id}`, signal) });
}

export function useTimeline(id: string) {
  return useInfiniteQuery({
    queryKey: ['timeline', id],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      api.get<TimelinePage>(`/conversations/${id}/timeline?limit=50${pageParam && `&before=${pageParam}`}`, signal),
    // A trace stands for several things at once and has no place of its own in the order.
    getNextPageParam: (page) => (page.more ? page.items.find((item) => item.kind !== 'trace')?.id : undefined),
    select: ({ pages }): Item[] => once([...pages].reverse().flatMap((page) => page.items)),
  });
}

/** Pages asked at different times may overlap. */
function once(items: Item[]): Item[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

export function useTeams(enabled: boolean) {
  return useQuery({
    queryKey: ['teams'],
    enabled,
    queryFn: async ({ signal }) => (await api.get<{ teams: Team[] }>('/teams', signal)).teams,
  });
}

export type Transfer = { version: number; team: string; member?: string; note?: string };

/** Everything that changes who has a conversation; each is refused (409) when somebody was faster. */
export function useConversationActs(id: string) {
  const queries = useQueryClient();
  const settled = () => {
    void queries.invalidateQueries({ queryKey: ['conversations'] });
    void queries.invalidateQueries({ queryKey: ['conversation', id] });
    void queries.invalidateQueries({ queryKey: ['timeline', id] });
  };
  const at = `/conversations/${id}`;
  const changed = { onSuccess: (now: Conversation) => queries.setQueryData(['conversation', id], now), onSettled: settled };
  return {
    take: useMutation({ mutationFn: (version: number) => api.post<Conversation>(`${at}/take`, { version }), ...changed }),
    transfer: useMutation({ mutationFn: (transfer: Transfer) => api.post<Conversation>(`${at}/transfer`, transfer), ...changed }),
    finish: useMutation({ mutationFn: (finish: { version: number; reason?: string }) => api.post<Conversation>(`${at}/finish`, finish), ...changed }),
    note: useMutation({ mutationFn: (text: string) => api.post<NoteItem>(`${at}/notes`, { text }), onSettled: settled }),
  };
}

export type Tagging = { add: string[]; remove: string[] };

/** Tags on the conversation, and on its contact. */
export function useTagging({ id, contact }: Conversation) {
  const queries = useQueryClient();
  const settled = () => {
    void queries.invalidateQueries({ queryKey: ['conversation', id] });
    void queries.invalidateQueries({ queryKey: ['contact', contact.id] });
    void queries.invalidateQueries({ queryKey: ['contacts'] });
  };
  return {
    conversation: useMutation({ mutationFn: (tags: Tagging) => api.post<Conversation>(`/conversations/${id}/tags`, tags), onSettled: settled }),
    contact: useMutation({ mutationFn: (tags: Tagging) => api.patch<unknown>(`/contacts/${contact.id}`, { tags }), onSettled: settled }),
  };
}

export function tellTyping(id: string): void {
  api.post(`/conversations/${id}/typing`).catch(() => undefined);
}

export function markRead(id: string): Promise<unknown> {
  return api.post(`/conversations/${id}/read`);
}
