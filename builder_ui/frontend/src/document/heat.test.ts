// Counts become thickness, shares and losses.
import { describe, expect, it } from 'vitest';
import type { FlowDocument } from './flow';
import { heatOf, losses, noCounts, type NodeCounts } from './heat';

const document: FlowDocument = {
  format: 'flowengine/flow',
  format_version: 1,
  kind: 'chatbot',
  key: 'bot',
  name: 'Bot',
  language: 'en',
  settings: {},
  nodes: ['start', 'ask', 'bye'].map((id) => ({ id, type: 'message', params: {} })),
  edges: [
    { source: 'start', port: 'next', target: 'ask' },
    { source: 'ask', port: 'yes', target: 'bye' },
  ],
};

function counts(node: string, part: Partial<NodeCounts>): NodeCounts {
  return { ...noCounts(node), ...part };
}

const nodes = [
  counts('start', { reached: 100, ports: { next: 100 } }),
  counts('ask', { reached: 100, ports: { yes: 20, no_reply: 5 }, dropped: 15, waiting: 60 }),
];

describe('heat', () => {
  it('is widest where most runs went, and seen where few did', () => {
    const { wires } = heatOf(document, nodes);
    expect(wires.get('start:next')).toEqual({ width: 10, part: 91 });
    expect(wires.get('ask:yes')?.width).toBeGreaterThan(3);
    expect(wires.get('ask:yes')?.width).toBeLessThan(10);
  });

  it('gives each way out its share of those who came, and says where they were lost', () => {
    const ask = heatOf(document, nodes).cards.get('ask');
    expect(ask?.ports.get('yes')).toMatchObject({ runs: 20, share: 0.2, lost: false });
    expect(ask?.ports.get('no_reply')).toMatchObject({ runs: 5, lost: true });
  });

  it('counts nothing at a step to which nobody came', () => {
    expect(heatOf(document, nodes).cards.get('bye')?.counts.reached).toBe(0);
    expect(heatOf(document, []).wires.get('start:next')?.width).toBe(1.2);
  });

  it('names the steps that lose people, the worst first', () => {
    expect(losses([counts('a', { reached: 10, failed: 1 }), ...nodes])).toEqual([
      { node: 'ask', runs: 15, share: 0.15 },
      { node: 'a', runs: 1, share: 0.1 },
    ]);
  });
});
