// A step is not scolded for what nobody has had the chance to fill in; what was there and is taken away, is.
import { describe, expect, it } from 'vitest';
import type { Change } from '../document/changes';
import type { Finding } from '../document/flow';
import { flow } from '../test/types';
import { freshAfter, freshAtFirst, freshOnceChecked, freshOnceLeft, isToFill, nothingFresh } from './fresh';

const step = { id: 'nova', type: 'message', params: {} };
const added: Change = { kind: 'all', changes: [{ kind: 'insert', nodes: [{ item: step }], edges: [] }, { kind: 'wire', source: 'fim', port: 'next', target: 'nova' }] };
const finding = (more: Partial<Finding>): Finding => ({ code: 'F003', severity: 'error', node: 'nova', edge: null, pointer: '/nodes/4/params/parts', message: { 'pt-BR': '', en: '' }, fix: null, ...more });
const port = finding({ code: 'F102', pointer: null, edge: { source: 'nova', port: 'a' } });

describe('a step that was just added', () => {
  const fresh = freshAfter(nothingFresh, added);

  it('is to be filled in while it is at hand; a template that cannot be read is wrong at once', () => {
    expect([finding({}), port, finding({ code: 'F401' })].map((each) => isToFill(each, fresh))).toEqual([true, true, false]);
  });

  it('is wrong where a field was left empty, while its ways out may wait', () => {
    const left = freshOnceLeft(fresh, 'nova');
    expect([finding({}), port].map((each) => isToFill(each, left))).toEqual([false, true]);
  });

  it('has been filled in once the checker says nothing of it, and is not forgotten before the checker saw it', () => {
    const document = flow();
    expect(freshOnceChecked(fresh, document, [])).toBe(fresh);
    expect(freshOnceChecked(fresh, { ...document, nodes: [...document.nodes, step] }, [port])).toBe(fresh);
    expect(freshOnceChecked(fresh, { ...document, nodes: [...document.nodes, step] }, []).size).toBe(0);
  });

  it('is not excused for a wire that was cut', () => {
    const cut = freshAfter(fresh, { kind: 'wire', source: 'nova', port: 'a', target: null });
    expect(isToFill(port, cut)).toBe(false);
  });
});

it('many steps pasted at once are judged as they are', () => {
  const pasted: Change = { kind: 'insert', nodes: [{ item: step }, { item: { ...step, id: 'outra' } }], edges: [] };
  expect(freshAfter(nothingFresh, pasted)).toBe(nothingFresh);
});

it('a flow that was never more than its trigger has nothing wrong with it', () => {
  const begun = flow({ nodes: [{ id: 'inicio', type: 'trigger', params: {} }], edges: [] });
  expect(isToFill({ ...port, node: 'inicio' }, freshAtFirst(begun, false))).toBe(true);
  expect(freshAtFirst(begun, true)).toBe(nothingFresh);
  expect(freshAtFirst(flow(), false)).toBe(nothingFresh);
});
