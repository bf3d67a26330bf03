// Filters of the list of flows: what a link shares, and which rows pass.
import { describe, expect, it } from 'vitest';
import { addressWith, channelsOf, commonTags, filtersOf, isNarrowed, NONE, passes, stateOf, tagsOf } from './finding';
import type { FlowRow } from './flows-api';

function row(more: Partial<FlowRow> = {}): FlowRow {
  return {
    id: 'a', key: 'recepcao', name: 'Recepção', kind: 'chatbot', nodes: 3, live: { number: 1, published_at: '' }, draft_differs: false, stopped_at: null,
    channels: [], folder: null, tags: [], runs_7d: 0, completed_7d: 0, failed_7d: 0, runs_by_day: [], failed_by_day: [], updated_at: '', updated_by: null, ...more,
  };
}
const site = { key: 'site', kind: 'webchat', name: 'Site', hours: 'always' as const, any_message: true, keywords: [] };
const asked = (query: string) => filtersOf(new URLSearchParams(query));

describe('the address', () => {
  it('says all filters', () => {
    expect(asked('kind=sequence&folder=f&state=draft&channel=site&tag=vip&q=oi&archived=1')).toEqual({
      kind: 'sequence', folder: 'f', state: 'draft', channel: 'site', tag: 'vip', words: 'oi', archived: true,
    });
  });

  it('is the same for the same list, whatever was chosen before', () => {
    const there = addressWith(new URLSearchParams('tag=vip&q=oi'), { tag: null, q: '', kind: 'chatbot', state: 'live' });
    expect(there.toString()).toBe('state=live');
  });

  it('with nonsense in it narrows nothing', () => {
    expect(isNarrowed(asked('state=flying&kind=robot'))).toBe(false);
    expect(isNarrowed(asked('q=x'))).toBe(true);
  });
});

describe('a flow', () => {
  it('is on air, on air with a draft, stopped, or a draft', () => {
    const rows = [row(), row({ draft_differs: true }), row({ stopped_at: '2026-11-22' }), row({ live: null, draft_differs: true })];
    expect(rows.map(stateOf)).toEqual(['live', 'changed', 'stopped', 'draft']);
  });

  it.each([
    ['q=RECEPCAO', true],
    ['q=vip recep', true],
    ['q=outra', false],
    ['state=live', true],
    ['state=draft', false],
    ['state=changed', false],
    ['channel=site', true],
    ['channel=none', false],
    ['tag=vip', true],
    ['tag=VIP', false],
    ['folder=f', true],
    [`folder=${NONE}`, false],
    ['kind=sequence', false],
  ])('passes %s: %s', (query, expected) => {
    expect(passes(row({ tags: ['vip'], folder: 'f', channels: [site] }), asked(query))).toBe(expected);
  });

  it('on air with a draft is on air too', () => {
    expect(passes(row({ draft_differs: true }), asked('state=live'))).toBe(true);
  });
});

describe('several flows', () => {
  const rows = [row({ tags: ['vip', 'novo'], channels: [site] }), row({ tags: ['novo'], channels: [site] })];

  it('tell their tags, their channels, and what they share', () => {
    expect(tagsOf(rows)).toEqual([{ tag: 'novo', count: 2 }, { tag: 'vip', count: 1 }]);
    expect(channelsOf(rows)).toEqual([{ key: 'site', name: 'Site' }]);
    expect(commonTags(rows)).toEqual(['novo']);
    expect(commonTags([])).toEqual([]);
  });
});
