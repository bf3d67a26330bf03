// Moving and tagging flows, said in the past tense, with the way back.
import { useTranslation } from 'react-i18next';
import { toast } from '../ui/toast';
import type { FlowRow, Folder } from './flows-api';
import { useArrange, type Arrangement } from './shelves-api';

export function useShelving(rows: readonly FlowRow[], folders: readonly Folder[]) {
  const { t } = useTranslation('flows');
  const arrange = useArrange();
  const failed = () => toast({ text: t('acts.failed'), stays: true });

  async function all(orders: Arrangement[]) {
    for (const order of orders) await arrange.mutateAsync(order);
  }

  function move(ids: string[], folder: string | null) {
    const moved = rows.filter((row) => ids.includes(row.id) && row.folder !== folder);
    if (moved.length === 0) return;
    const from = [...new Set(moved.map((row) => row.folder))];
    const back = from.map((each) => ({ flows: idsOf(moved.filter((row) => row.folder === each)), folder: each }));
    const name = folders.find((each) => each.id === folder)?.name;
    const said = { count: moved.length, flow: moved[0]?.name };
    all([{ flows: idsOf(moved), folder }])
      .then(() =>
        toast({
          text: folder === null ? t('folders.out', said) : t('folders.moved', { ...said, name: name ?? t('folders.fresh') }),
          undo: () => void all(back).catch(failed),
        }),
      )
      .catch(failed);
  }

  function tag(ids: string[], added: string[], removed: string[]) {
    const changed = rows.filter((row) => ids.includes(row.id));
    const back = changed.map((row) => ({
      flows: [row.id],
      add_tags: removed.filter((each) => row.tags.includes(each)),
      remove_tags: added.filter((each) => !row.tags.includes(each)),
    }));
    all([{ flows: ids, add_tags: added, remove_tags: removed }])
      .then(() => toast({ text: t('tags.changed', { count: changed.length, name: changed[0]?.name }), undo: () => void all(back).catch(failed) }))
      .catch(failed);
  }

  return { move, tag };
}

function idsOf(rows: readonly FlowRow[]): string[] {
  return rows.map((row) => row.id);
}
