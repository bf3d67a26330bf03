// The state of one open flow: document with history, what is selected, what is open, what is saved.
import { createContext, useContext } from 'react';
import { createStore, useStore, type StoreApi } from 'zustand';
import type { Hand } from '../canvas/hand';
import type { Change } from '../document/changes';
import { drawnIds, type Finding, type FlowDocument } from '../document/flow';
import { edit, noHistory, redo, undo, type Edited, type History } from '../document/history';
import type { JsonObject } from '../document/json';
import type { Language, NodeTypes } from '../document/schema';
import type { Heat } from '../document/heat';
import type { Mark } from '../document/marks';
import type { Trail } from '../document/trail';
import type { Other } from './others';
import type { ChannelUse, Flow, LiveVersion, Saved } from './flow-api';
import { freshAfter, freshAtFirst, freshOnceChecked, freshOnceLeft, nothingFresh, type Fresh } from './fresh';

export type SaveState = 'saved' | 'waiting' | 'saving' | 'offline' | 'refused';
export type Conflict = { theirs: FlowDocument; revision: number; by: string | null };
export type Side = 'none' | 'history' | 'drafts' | 'settings' | 'simulator' | 'results';

export type Builder = {
  flow: { id: string; key: string };
  types: NodeTypes;
  language: Language;
  edited: Edited;
  revision: number;
  /** The document the server has; the same object as the edited one when all is saved. */
  taken: FlowDocument;
  save: SaveState;
  conflict: Conflict | null;
  findings: Finding[];
  /** Steps nobody has had the chance to fill in. */
  fresh: Fresh;
  changes: number;
  differs: boolean;
  live: LiveVersion | null;
  channels: ChannelUse[];
  /** Nobody begins it, wherever it is live. */
  stopped: boolean;
  readOnly: boolean;
  /** Who else has the flow open. */
  others: readonly Other[];

  selected: ReadonlySet<string>;
  wire: string | null;
  opened: string | null;
  /** The pointer inside the opened node's params to put the cursor into. */
  field: string | null;
  problems: boolean;
  side: Side;
  /** The search in the flow is asked for. */
  finding: boolean;
  /** Where the camera is asked to go, no ids = to all of it, gently = no further than it must; a new object each time. */
  camera: { ids: string[]; gently: boolean } | null;
  /** The way of the run that is looked at. */
  trail: Trail | null;
  /** What is drawn in place of the draft, to be read only: a version that is looked at. */
  shown: FlowDocument | null;
  /** What happened to the steps of what is drawn, since another version. */
  marks: ReadonlyMap<string, Mark> | null;
  /** What became of the runs of what is drawn. */
  heat: Heat | null;
  /** The run that the results are to show when they open. */
  runAsked: { id: string; version: number } | null;
  /** The version that the history is to compare with the draft when it opens. */
  compareAsked: number | null;
  /** The note of the next version, kept while one looks at something else. */
  note: string;
  /** The dialog that is open over the builder. */
  asks: 'commands' | 'shortcuts' | 'uses' | 'publish' | 'stop' | null;
  /** What was pasted with what it names; asked about where this account lacks something. */
  pasted: JsonObject | null;
  /** The frame or note that has just been made: its text wants to be written. */
  naming: string | null;
  /** What only the canvas can do; null until it is there. */
  hand: Hand | null;

  change: (change: Change, merge?: string) => void;
  /** A change of the draft while a version is drawn in its place. */
  amend: (change: Change) => void;
  undo: () => void;
  redo: () => void;
  select: (ids: Iterable<string>, wire?: string | null) => void;
  open: (id: string | null, field?: string | null) => void;
  look: (ids: string[], gently?: boolean) => void;
  set: (part: Partial<Builder>) => void;
  saved: (document: FlowDocument, saved: Saved) => void;
};

export type Start = { flow: Flow; document: FlowDocument; history: History; unsaved: boolean };

export function createBuilder(start: Start, types: NodeTypes, language: Language): StoreApi<Builder> {
  const { flow } = start;
  const store = createStore<Builder>((set, get) => {
    const step = (next: Edited) => {
      const ids = drawnIds(next.document);
      const { selected, opened } = get();
      set({
        edited: next,
        // The same set where nothing of it is gone: a new one would have all wires drawn again at every key.
        selected: [...selected].every((id) => ids.has(id)) ? selected : new Set([...selected].filter((id) => ids.has(id))),
        opened: opened !== null && ids.has(opened) ? opened : null,
      });
    };
    return {
      flow: { id: flow.id, key: flow.key },
      types,
      language,
      edited: { document: start.document, history: start.history },
      revision: flow.revision,
      taken: start.unsaved ? flow.document : start.document,
      save: start.unsaved ? 'waiting' : 'saved',
      conflict: null,
      findings: flow.findings,
      fresh: freshAtFirst(start.document, flow.live !== null),
      changes: flow.changes,
      differs: flow.draft_differs,
      live: flow.live,
      channels: flow.channels,
      stopped: flow.stopped_at !== null,
      readOnly: false,
      others: [],
      selected: new Set(),
      wire: null,
      opened: null,
      field: null,
      problems: false,
      side: 'none',
      finding: false,
      camera: null,
      trail: null,
      shown: null,
      marks: null,
      heat: null,
      runAsked: null,
      compareAsked: null,
      note: '',
      asks: null,
      pasted: null,
      naming: null,
      hand: null,
      change: (change, merge) => {
        if (get().readOnly) return;
        set({ fresh: freshAfter(get().fresh, change) });
        step(edit(get().edited, change, Date.now(), merge ?? null));
      },
      amend: (change) => set({ edited: edit(get().edited, change, Date.now()) }),
      undo: () => step(undo(get().edited)),
      redo: () => step(redo(get().edited)),
      select: (ids, wire = null) => set({ selected: new Set(ids), wire }),
      open: (id, field = null) =>
        set(id === null ? { opened: null, field: null } : { opened: id, field, side: beside(get()), selected: new Set([id]), wire: null }),
      look: (ids, gently = false) => set({ camera: { ids, gently } }),
      set,
      saved: (document, saved) =>
        set({
          taken: document,
          revision: saved.revision,
          findings: saved.findings,
          fresh: freshOnceChecked(get().fresh, document, saved.findings),
          changes: saved.changes,
          differs: saved.draft_differs,
          save: 'saved',
        }),
    };
  });
  store.subscribe((now, before) => {
    const isAsked = (now.problems && !before.problems) || (now.asks === 'publish' && before.asks !== 'publish');
    const fresh = isAsked ? nothingFresh : now.opened === before.opened ? now.fresh : freshOnceLeft(now.fresh, before.opened);
    if (fresh !== now.fresh) store.setState({ fresh });
  });
  return store;
}

/** What an opened step lies over for a while, and what it takes the place of. */
function beside({ side, shown }: Builder): Side {
  return side === 'simulator' || side === 'results' || shown !== null ? side : 'none';
}

export { noHistory };

const BuilderContext = createContext<StoreApi<Builder> | null>(null);
export const BuilderProvider = BuilderContext.Provider;

export function useBuilderStore(): StoreApi<Builder> {
  const store = useContext(BuilderContext);
  if (store === null) throw new Error('outside of the builder');
  return store;
}

export function useBuilder<T>(pick: (builder: Builder) => T): T {
  return useStore(useBuilderStore(), pick);
}

/** A change keyed by what it types into, so that one undo takes back one thought. */
export function useChange(): Builder['change'] {
  return useBuilder((builder) => builder.change);
}
