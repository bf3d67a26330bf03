// What is proposed for a bundle, and what becomes of it.
import { describe, expect, it } from 'vitest';
import { candidatesFor, comesAlong, decide, leftOpen, likely, mappingOf, newKeys, type CopiedFlow, type Found, type Report } from './bundle';

const found = (more: Partial<Found>): Found => ({
  kind: 'team', slug: 'vendas', name: 'Vendas', found: 'lacks', here: null, alias_of: null,
  candidates: [], differs: [], can_create: true, used_in: [], ...more,
});
const flow = (key: string): CopiedFlow => ({ key, name: key, kind: 'chatbot', nodes: 3, clash: null });
const report = (references: Found[], flows: CopiedFlow[] = [flow('bot')]): Report => ({ flows, references, files: [], nodes: 0, origin: { flows: [] } });

describe('a bundle', () => {
  it('is used where the slug is here, mapped to the same name, else created', () => {
    const read = report([
      found({ slug: 'a', found: 'same_slug', here: 'A' }),
      found({ slug: 'b', found: 'same_name', candidates: [{ slug: 'bb', name: 'B' }] }),
      found({ slug: 'c' }),
      found({ kind: 'user', slug: 'd', can_create: false }),
    ]);
    expect(mappingOf(read, likely(read, true), {})).toEqual({ 'team:b': { use: 'bb' }, 'team:c': { create: true }, 'user:d': { leave: true } });
  });

  it('leaves open what only an administrator may decide', () => {
    const read = report([found({})]);
    expect(mappingOf(read, likely(read, false), {})).toEqual({ 'team:vendas': { leave: true } });
  });

  it('has its stages with the pipeline that is created, or in the one that stands for it', () => {
    const stage = found({ kind: 'stage', slug: 'funil/novo', can_create: true });
    const read = report([found({ kind: 'pipeline', slug: 'funil' }), stage]);
    const things = { stage: [{ slug: 'outro/novo', name: 'Novo' }, { slug: 'mais/novo', name: 'Novo' }] };
    expect(mappingOf(read, likely(read, true), things)).toEqual({ 'pipeline:funil': { create: true } });

    const mapped = decide(likely(read, true), { kind: 'pipeline', slug: 'funil' }, { kind: 'use', slug: 'outro' });
    expect(comesAlong(stage, mapped, things)).toBe(true);
    expect(candidatesFor(stage, mapped, things).map((each) => each.slug)).toEqual(['outro/novo']);
  });

  it('tells what stays open', () => {
    const read = report([found({})]);
    const decisions = decide(likely(read, true), { kind: 'team', slug: 'vendas' }, { kind: 'leave' });
    expect(leftOpen(read, decisions, {}).map((each) => each.slug)).toEqual(['vendas']);
  });

  it('adds flows under the next keys that are free', () => {
    const read = report([], [flow('bot'), flow('novo')]);
    const things = { flow: [{ slug: 'bot', name: 'Bot' }, { slug: 'bot-2', name: 'Bot' }] };
    expect(newKeys(read, {}, things)).toEqual({ bot: 'bot-3', novo: 'novo' });
    const used = decide({}, { kind: 'flow', slug: 'bot' }, { kind: 'use', slug: 'bot' });
    expect(newKeys(read, used, things)).toEqual({ novo: 'novo' });
    expect(mappingOf(read, used, things)).toEqual({ 'flow:bot': { use: 'bot' } });
  });
});
