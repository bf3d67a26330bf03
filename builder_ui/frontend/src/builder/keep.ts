// The copy on this device: document, history and the revision they stand on, in IndexedDB.
import type { FlowDocument } from '../document/flow';
import type { History } from '../document/history';

/** `unsaved`: the server has not taken this document yet. */
export type Kept = { document: FlowDocument; history: History; revision: number; unsaved: boolean };

const STORE = 'flows';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('flowengine', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
  });
}

export async function keep(flow: string, kept: Kept): Promise<void> {
  const database = await open();
  await new Promise<void>((resolve, reject) => {
    const transaction = database.transaction(STORE, 'readwrite');
    transaction.objectStore(STORE).put(kept, flow);
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error ?? new Error('IndexedDB'));
  });
  database.close();
}

/** What is kept of a flow; null where nothing is, or where the browser keeps nothing (private windows). */
export async function kept(flow: string): Promise<Kept | null> {
  try {
    const database = await open();
    const found = await new Promise<Kept | undefined>((resolve, reject) => {
      const request: IDBRequest<Kept | undefined> = database.transaction(STORE).objectStore(STORE).get(flow);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
    });
    database.close();
    return found ?? null;
  } catch {
    return null;
  }
}
