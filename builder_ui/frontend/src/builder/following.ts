// What others save while one looks on is taken over at once, unless something of one's own is unsaved: then the next save tells.
import { listen } from '../live';
import { withPlaces } from '../document/drawing';
import { toast } from '../ui/toast';
import { flowApi } from './flow-api';
import type { Store } from '../canvas/editing';

/** Until the returned function is called. `me` is whose own saves are no news. */
export function followOthers(store: Store, me: string, said: () => string): () => void {
  return listen({
    change: ({ kind, id, actor }) => {
      if (kind === 'flow' && id === store.getState().flow.id && actor !== me) void takeOver(store, said);
    },
  });
}

async function takeOver(store: Store, said: () => string): Promise<void> {
  const flow = await flowApi.read(store.getState().flow.id).catch(() => null);
  const { edited, taken, revision, conflict, readOnly, change, set, saved, types, language } = store.getState();
  if (flow === null || flow.revision <= revision || edited.document !== taken || conflict !== null || readOnly) return;
  // The revision first: what follows from the change must not be sent over theirs.
  set({ revision: flow.revision });
  change({ kind: 'replace', document: withPlaces(flow.document, types, language) });
  const { findings, changes, draft_differs } = flow;
  saved(store.getState().edited.document, { revision: flow.revision, saved_at: '', findings, changes, draft_differs });
  toast({ text: said() });
}
