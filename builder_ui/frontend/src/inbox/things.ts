// What the account has for contacts and conversations: tags, and fields of contacts.
import { useQuery } from '@tanstack/react-query';
import { api } from '../api';
import type { Field } from '../contacts/values';

export type Tag = { slug: string; name: string };

export function useTags() {
  return useQuery({ queryKey: ['things', 'list', 'tags'], queryFn: async ({ signal }) => (await api.get<{ tags: Tag[] }>('/tags', signal)).tags });
}

export function useFields() {
  return useQuery({
    queryKey: ['things', 'list', 'fields'],
    queryFn: async ({ signal }) => (await api.get<{ fields: Field[] }>('/fields', signal)).fields.filter((field) => field.of === 'contact'),
  });
}
