// What the answering pane asks of the server.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api';
import type { Clock, Listener } from './answering';

export type ChannelFlows = Clock & { channel: { key: string; kind: string; name: string }; flows: Listener[] };
export type Order = { listeners: Listener[]; before: string[] };

const addressOf = (key: string) => `/channels/${encodeURIComponent(key)}/flows`;

/** Under the flows: what changes one of those may change who answers. */
export function useAnswering(key: string) {
  return useQuery({
    queryKey: ['flows', 'answering', key],
    queryFn: ({ signal }) => api.get<ChannelFlows>(addressOf(key), signal),
  });
}

/** Over what answered `before`; refused where others answer by now. */
export function useSetAnswering(key: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ listeners, before }: Order) =>
      api.put<ChannelFlows>(addressOf(key), { flows: listeners.map(({ flow, hours, any_message, keywords }) => ({ flow, hours, any_message, keywords })), before }),
    onSuccess: (answer) => queries.setQueryData(['flows', 'answering', key], answer),
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: ['things', 'channels'] });
      return queries.invalidateQueries({ queryKey: ['flows'] });
    },
  });
}
