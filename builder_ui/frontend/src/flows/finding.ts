// Which flows of the list are looked for: the filters as the address has them, and the rows that pass.
import { fold } from '../ui/fold';
import type { FlowRow } from './flows-api';
import { kindOf, type Kind } from './kinds';

/** On air as it is drawn; on air, and drawn otherwise since; published, and stopped; never published. */
export const states = ['live', 'changed', 'stopped', 'draft'] as const;
export type State = (typeof states)[number];

export type Filters = {
  kind: Kind;
  /** The folder's id; "none": in no folder. */
  folder: string | null;
  state: State | null;
  /** The channel's key; "none": on no channel. */
  channel: string | null;
  tag: string | null;
  words: string;
  archived: boolean;
};
export type FilterName = 'kind' | 'folder' | 'state' | 'channel' | 'tag' | 'q' | 'archived';

export const NONE = 'none';

export function filtersOf(params: URLSearchParams): Filters {
  return {
    kind: kindOf(params.get('kind')),
    folder: params.get('folder'),
    state: states.find((state) => state === params.get('state')) ?? null,
    channel: params.get('channel'),
    tag: params.get('tag'),
    words: params.get('q') ?? '',
    archived: params.get('archived') === '1',
  };
}

/** The address with these filters set otherwise; what says nothing is left out, so that one list has one address. */
export function addressWith(params: URLSearchParams, changes: Partial<Record<FilterName, string | null>>): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '' || (name === 'kind' && value === 'chatbot')) next.delete(name);
    else next.set(name, value);
  }
  return next;
}

/** Whether anything but the kind and the folder narrows the list. */
export function isNarrowed({ state, channel, tag, words }: Filters): boolean {
  return state !== null || channel !== null || tag !== null || words.trim() !== '';
}

export function stateOf(row: FlowRow): State {
  if (row.live === null) return 'draft';
  if (row.stopped_at !== null) return 'stopped';
  return row.draft_differs ? 'changed' : 'live';
}

export function passes(row: FlowRow, filters: Filters): boolean {
  const { folder, state, channel, tag, words } = filters;
  return (
    row.kind === filters.kind &&
    (folder === null || (row.folder ?? NONE) === folder) &&
    (state === null || stateOf(row) === state || (state === 'live' && stateOf(row) === 'changed')) &&
    (channel === null || (channel === NONE ? row.channels.length === 0 : row.channels.some((each) => each.key === channel))) &&
    (tag === null || row.tags.includes(tag)) &&
    fold(words)
      .split(/\s+/)
      .every((word) => fold(`${row.name} ${row.key} ${row.tags.join(' ')}`).includes(word))
  );
}

/** All tags, as people read them, with how many flows have each. */
export function tagsOf(rows: readonly FlowRow[]): { tag: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const tag of rows.flatMap((row) => row.tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].map(([tag, count]) => ({ tag, count })).toSorted((one, other) => one.tag.localeCompare(other.tag));
}

/** All channels on which any of them answers, by name. */
export function channelsOf(rows: readonly FlowRow[]): { key: string; name: string }[] {
  const named = new Map(rows.flatMap((row) => row.channels).map(({ key, name }) => [key, name]));
  return [...named].map(([key, name]) => ({ key, name })).toSorted((one, other) => one.name.localeCompare(other.name));
}

/** The tags that all of them have. */
export function commonTags(rows: readonly FlowRow[]): string[] {
  const [first, ...rest] = rows;
  return first === undefined ? [] : first.tags.filter((tag) => rest.every((row) => row.tags.includes(tag)));
}
