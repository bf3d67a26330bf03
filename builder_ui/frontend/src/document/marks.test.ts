// One drawing of two: what is new, changed and gone, with the wires of what is gone.
import { describe, expect, it } from 'vitest';
import { types } from '../test/types';
import type { FlowDocument } from './flow';
import { marked } from './marks';

function flow(texts: Record<string, string>, wires: [string, string][]): FlowDocument {
  return {
    format: 'flowengine/flow',
    format_version: 1,
    kind: 'chatbot',
    key: 'bot',
    name: 'Bot',
    language: 'en',
    settings: {},
    nodes: Object.entries(texts).map(([id, label]) => ({ id, type: 'message', label, params: {} })),
    edges: wires.map(([source, target]) => ({ source, port: 'next', target })),
  };
}

describe('marks', () => {
  const before = flow({ start: 'Start', old: 'Old', end: 'End' }, [['start', 'old'], ['old', 'end']]);
  const after = flow({ start: 'Start', fresh: 'Fresh', end: 'The end' }, [['start', 'fresh'], ['fresh', 'end']]);

  it('say what happened to each step', () => {
    const { marks } = marked(before, after, types, 'en');
    expect([marks.get('fresh'), marks.get('end'), marks.get('old')]).toEqual(['new', 'changed', 'removed']);
  });

  it('draw what is gone with its own wires, and every way out once', () => {
    const { document } = marked(before, after, types, 'en');
    expect(document.nodes.map((node) => node.id)).toEqual(['start', 'fresh', 'end', 'old']);
    expect(document.edges.map(({ source, target }) => `${source}>${target}`)).toEqual(['start>fresh', 'fresh>end', 'old>end']);
  });

  it('of the same drawing are none', () => {
    expect(marked(before, before, types, 'en')).toMatchObject({ changes: [], document: before });
  });
});
