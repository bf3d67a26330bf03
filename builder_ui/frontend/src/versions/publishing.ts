// The act of publishing and what follows it: the channels, the people who wait; once it is published, it is said to be.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { flowApi } from '../builder/flow-api';
import { useBuilder, useBuilderStore } from '../builder/store';
import { stopPeople } from '../results/results-api';
import { toast } from '../ui/toast';
import { movePeople, type Moved } from './versions-api';
import type { Waiting } from './WaitingPeople';

type Order = {
  /** The keys of all channels it is to answer on; null: as it does. */
  where: string[] | null;
  waiting: Waiting;
  accepted: boolean;
  onClose: () => void;
};
type Done = { number: number; moved: Moved | null; isWhole: boolean };

export function usePublishing({ where, waiting, accepted, onClose }: Order) {
  const { t } = useTranslation('versions');
  const store = useBuilderStore();
  const queries = useQueryClient();
  const { id } = useBuilder((builder) => builder.flow);

  async function follow(number: number): Promise<Moved | null> {
    const bound = store.getState().channels.map((channel) => channel.key);
    if (where !== null && !sameSet(where, bound)) await flowApi.bind(id, where);
    if (waiting === 'end') await stopPeople(id, { before_version: number }, () => undefined);
    return waiting === 'move' ? await movePeople(id, () => undefined) : null;
  }

  return useMutation({
    mutationFn: async (): Promise<Done> => {
      const { revision, note } = store.getState();
      const { number } = await flowApi.publish(id, { revision, note, accept_warnings: accepted });
      store.getState().set({ note: '' });
      try {
        return { number, moved: await follow(number), isWhole: true };
      } catch {
        // It is live: what did not follow is said, and can be done from the results.
        return { number, moved: null, isWhole: false };
      }
    },
    onSuccess: async ({ number, moved, isWhole }) => {
      for (const key of [['versions', id], ['flows'], ['results', id]]) void queries.invalidateQueries({ queryKey: key });
      toast(isWhole ? { text: [t('done', { number }), ...movedWords(t, moved)].join(' · ') } : { text: t('doneBut', { number }), stays: true });
      onClose();
      const fresh = await flowApi.read(id);
      store.getState().set({ live: fresh.live, differs: fresh.draft_differs, changes: fresh.changes, channels: fresh.channels });
    },
  });
}

/** How many were moved, and how many were not. */
export function movedWords(t: (key: string, words: Record<string, unknown>) => string, moved: Moved | null): string[] {
  if (moved === null) return [];
  const words = [t('move.done', { count: moved.moved })];
  return moved.stayed === 0 ? words : [...words, t('move.left', { count: moved.stayed })];
}

function sameSet(one: string[], other: string[]): boolean {
  return one.length === other.length && one.every((each) => other.includes(each));
}
