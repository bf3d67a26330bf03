// What the contacts' screens ask of the server.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '../api';
import { useNodeTypes, useReferences } from '../builder/flow-api';
import type { JsonObject } from '../document/json';

export type ContactRow = {
  id: string;
  name: string;
  email: string | null;
  phone: string | null;
  score: number;
  tags: string[];
  owner: { slug: string; name: string } | null;
  created_at: string;
  last_seen_at: string | null;
};
export type ContactNote = { id: string; text: string; by: { id: string; name: string } | null; at: string };
export type Contact = ContactRow & {
  language: string | null;
  timezone: string | null;
  fields: JsonObject;
  consent: Record<string, 'in' | 'out'>;
  consents: { channel: string; state: 'in' | 'out'; source: string; by: { name: string } | null; at: string }[];
  identities: { id: string; channel: string; kind: string; external_id: string; name: string | null }[];
  notes: ContactNote[];
  portfolios: { slug: string; name: string; kind: string }[];
  conversations: { id: string; state: 'bot' | 'queued' | 'open' | 'pending' | 'finished'; opened_at: string; finished_at: string | null }[];
};
type Page = { contacts: ContactRow[]; next: string | null };

export function useContacts(words: string) {
  return useInfiniteQuery({
    queryKey: ['contacts', words],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === '' ? '' : `&cursor=${pageParam}`;
      return api.get<Page>(`/contacts?q=${encodeURIComponent(words)}${cursor}`, signal);
    },
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

export function useContact(id: string) {
  return useQuery({ queryKey: ['contact', id], queryFn: ({ signal }) => api.get<Contact>(`/contacts/${id}`, signal) });
}

export function useCreateContact() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (contact: JsonObject) => api.post<Contact>('/contacts', contact),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['contacts'] }),
  });
}

export function useChangeContact(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: JsonObject) => api.patch<Contact>(`/contacts/${id}`, change),
    onSuccess: (contact) => {
      queries.setQueryData(['contact', id], contact);
      void queries.invalidateQueries({ queryKey: ['contacts'] });
    },
  });
}

/** Everything that is kept of the contact, as a file. */
export function exportAddress(id: string): string {
  return `/api/v1/contacts/${id}/export`;
}

export function useEraseContact(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<unknown>(`/contacts/${id}/erase`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['contacts'] }),
  });
}

export function useWriteNote(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (text: string) => api.post<ContactNote>(`/contacts/${id}/notes`, { text }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['contact', id] }),
  });
}

export function useIdentities(id: string) {
  const queries = useQueryClient();
  const done = () => queries.invalidateQueries({ queryKey: ['contact', id] });
  const add = useMutation({
    mutationFn: (identity: { channel: string; external_id: string }) => api.post<Contact>(`/contacts/${id}/identities`, identity),
    onSuccess: done,
  });
  const forget = useMutation({
    mutationFn: (identity: string) => api.delete<void>(`/contacts/${id}/identities/${identity}`),
    onSuccess: done,
  });
  return { add, forget };
}

/** In which portfolios the contact is. */
export function useFileContact(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ add, remove }: { add: string[]; remove: string[] }) => {
      for (const slug of add) await api.post<unknown>(`/portfolios/${slug}/contacts`, { contacts: [id] });
      for (const slug of remove) await api.delete<void>(`/portfolios/${slug}/contacts/${id}`);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['contact', id] }),
  });
}

/** The node types with what the account has: what forms about contacts are drawn by. */
export function useTypesAndThings() {
  const types = useNodeTypes();
  const things = useReferences();
  const data = useMemo(
    () => (types.data === undefined || things.data === undefined ? undefined : { ...types.data, things: things.data }),
    [types.data, things.data],
  );
  return { data, error: types.error ?? things.error, refetch: () => Promise.all([types.refetch(), things.refetch()]) };
}
