// A copy that carries what its steps name (teams, tags, flows), so that another account can create or map it.
import { api } from '../api';
import type { Clip } from '../document/clipboard';
import { objectOf, type JsonObject } from '../document/json';
import type { Store } from './editing';

const PATIENCE = 3000; // ms to wait for the draft to be saved, from which the server copies

let copies = 0;

/** Put the bundle of a clip in the place of its plain text, unless something else was copied meanwhile. */
export async function carry(store: Store, clip: Clip): Promise<void> {
  copies += 1;
  const mine = copies;
  const { key } = store.getState().flow;
  const ids = clip.nodes.map((node) => node.id);
  if (ids.length === 0 || !(await isSaved(store))) return;
  try {
    const bundle = await api.post<JsonObject>('/bundles/export', { nodes: { flow: key, ids } });
    const text = JSON.stringify({ ...bundle, nodes: { ...objectOf(bundle['nodes']), notes: clip.notes } }, null, 2);
    if (mine === copies && document.hasFocus()) await navigator.clipboard.writeText(text);
  } catch {
    // The plain text stays: it can be pasted anywhere, only what is missing there is not offered.
  }
}

async function isSaved(store: Store): Promise<boolean> {
  const until = Date.now() + PATIENCE;
  while (store.getState().save !== 'saved') {
    if (Date.now() > until) return false;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return true;
}
