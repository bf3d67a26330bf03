// Where flows are found: folders, tags, the archive; what the list asks of the server about them.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../api';
import type { FlowList, FlowRow, Folder } from './flows-api';

export type Arrangement = { flows: string[]; folder?: string | null; add_tags?: string[]; remove_tags?: string[] };

export function useArchived(wanted: boolean) {
  return useQuery({
    queryKey: ['flows', 'archived'],
    enabled: wanted,
    queryFn: async ({ signal }) => (await api.get<FlowList>('/flows?archived=true', signal)).flows,
  });
}

/** Seen at once; what the server refuses is as it was. */
export function useArrange() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (order: Arrangement) => api.post<unknown>('/flows/arrange', order),
    onMutate: async (order) => {
      await queries.cancelQueries({ queryKey: ['flows'], exact: true });
      const before = queries.getQueryData<FlowList>(['flows']);
      if (before !== undefined) queries.setQueryData(['flows'], { ...before, flows: before.flows.map((row) => arranged(row, order)) });
      return before;
    },
    onError: (_, __, before) => queries.setQueryData(['flows'], before),
    onSettled: () => queries.invalidateQueries({ queryKey: ['flows'] }),
  });
}

function arranged(row: FlowRow, { flows, folder, add_tags = [], remove_tags = [] }: Arrangement): FlowRow {
  if (!flows.includes(row.id)) return row;
  const tags = [...new Set([...row.tags, ...add_tags])].filter((tag) => !remove_tags.includes(tag));
  return { ...row, tags, folder: folder === undefined ? row.folder : folder };
}

function useFolderAct<Order, Answer>(act: (order: Order) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: act, onSettled: () => queries.invalidateQueries({ queryKey: ['flows'] }) });
}

export const useAddFolder = () => useFolderAct((name: string) => api.post<Folder>('/flow-folders', { name }));
export const useRenameFolder = () => useFolderAct(({ id, name }: Folder) => api.patch<Folder>(`/flow-folders/${id}`, { name }));

/** What lies in it lies in none afterwards. */
export const useRemoveFolder = () => useFolderAct((id: string) => api.delete<void>(`/flow-folders/${id}?contents=up`));
