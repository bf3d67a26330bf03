// Autosave: every change is kept on this device at once and sent to the server soon, one request at a time.
import type { StoreApi } from 'zustand';
import { isRecord, Refused, Unreachable } from '../api';
import type { FlowDocument } from '../document/flow';
import { flowApi } from './flow-api';
import { keep } from './keep';
import type { Builder, Conflict } from './store';

const SOON = 700; // ms after the last change
const PAUSE = 150; // ms until the copy on this device is written
const AGAIN = 4000; // ms until the next try without a connection

/** Follow the store until the returned function is called. */
export function autosave(store: StoreApi<Builder>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing: ReturnType<typeof setTimeout> | undefined;
  let sending = false;

  const later = (delay: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void send(), delay);
  };

  async function send(): Promise<void> {
    const { edited, taken, flow, revision, conflict, set, saved } = store.getState();
    if (sending || conflict !== null || edited.document === taken) return;
    sending = true;
    set({ save: 'saving' });
    try {
      saved(edited.document, await flowApi.save(flow.id, edited.document, revision));
      remember();
    } catch (error) {
      const { save, again } = outcome(error);
      set({ save, conflict: conflictIn(error) });
      if (again) later(AGAIN);
    } finally {
      sending = false;
    }
    if (store.getState().edited.document !== store.getState().taken && store.getState().save === 'saved') {
      set({ save: 'waiting' });
      later(SOON);
    }
  }

  /** At the next pause in typing, since a big flow takes some milliseconds to write. */
  function remember(): void {
    clearTimeout(writing);
    writing = setTimeout(write, PAUSE);
  }

  function write(): void {
    clearTimeout(writing);
    const { flow, edited, revision, taken } = store.getState();
    const unsaved = edited.document !== taken;
    keep(flow.id, { ...edited, revision, unsaved }).catch(() => undefined);
  }

  const stop = store.subscribe((now, before) => {
    if (now.edited === before.edited && now.conflict === before.conflict) return;
    remember();
    if (now.edited.document === now.taken || now.conflict !== null) return;
    if (now.save !== 'offline' && !sending) now.set({ save: 'waiting' });
    later(SOON);
  });
  const back = () => later(0);
  const leaving = (event: BeforeUnloadEvent) => {
    write();
    if (store.getState().save !== 'saved') event.preventDefault();
  };
  window.addEventListener('online', back);
  window.addEventListener('beforeunload', leaving);
  if (store.getState().save !== 'saved') later(0);
  return () => {
    stop();
    write();
    clearTimeout(timer);
    window.removeEventListener('online', back);
    window.removeEventListener('beforeunload', leaving);
    void send(); // what is left goes out when the flow is closed
  };
}

function outcome(error: unknown): { save: Builder['save']; again: boolean } {
  if (error instanceof Unreachable) return { save: 'offline', again: true };
  return { save: 'refused', again: false };
}

function conflictIn(error: unknown): Conflict | null {
  if (!(error instanceof Refused) || error.status !== 409) return null;
  const { document, revision, by } = error.body;
  if (!isDocument(document) || typeof revision !== 'number') return null;
  return { theirs: document, revision, by: isRecord(by) && typeof by['name'] === 'string' ? by['name'] : null };
}

/** The server sends only documents that it checked; this tells a document from something else. */
function isDocument(value: unknown): value is FlowDocument {
  return isRecord(value) && value['format'] === 'flowengine/flow' && Array.isArray(value['nodes']);
}
