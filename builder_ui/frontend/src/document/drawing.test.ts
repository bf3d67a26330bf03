// What the schemas make of a flow: ports, summaries, heights, wires, layout.
import { describe, expect, it } from 'vitest';
import { flow, types } from '../test/types';
import { right } from './card';
import { cardsOf, sameGeometry, sameReading } from './drawing';
import { append, insertCopies, newNode, remove, setParams } from './edits';
import { apply } from './changes';
import { readClip, writeClip, clipOf } from './clipboard';
import { layout } from './layout';
import { kept, pairs, pathOf, route } from './routing';
import { startingParams } from './schema';
import { piecesOf } from './template';

const cards = cardsOf(flow(), types, 'pt-BR');
const card = (id: string) => cards.get(id)!;

describe('ports', () => {
  it('come one an option, then those the schema adds', () => {
    expect(card('menu').ports.map((port) => port.title)).toEqual(['Vendas', 'Suporte', 'Inválida', 'Sem resposta', 'Não entregue']);
  });

  it('say in words what happens when no wire leaves', () => {
    const fates = Object.fromEntries(card('menu').ports.map((port) => [port.id, port.fate]));
    expect(fates).toMatchObject({ a: '', invalid: 'equipe padrão', failed: 'equipe padrão' });
  });

  it('are missing only when required and open', () => {
    const open = cardsOf(flow({ edges: [] }), types, 'pt-BR').get('menu')!;
    expect(open.ports.filter((port) => port.missing).map((port) => port.id)).toEqual(['a', 'b']);
  });
});

describe('a card', () => {
  it('shows the text with chips for what is filled in', () => {
    expect(card('ola').lines).toEqual([
      [
        { text: 'Olá, ', chip: false },
        { text: 'primeiro nome', chip: true },
        { text: '!', chip: false },
      ],
    ]);
  });

  it('says nothing of what does not count beside the rest', () => {
    const params = { how: 'date', date: '{{ contact.fields.vencimento }}', if_past: 'end' };
    const nodes = [...flow().nodes, { id: 'vespera', type: 'delay', params, position: { x: 648, y: 0 } }];
    const lines = cardsOf(flow({ nodes }), types, 'pt-BR').get('vespera')!.lines;
    expect(lines.map((line) => line.map((bit) => bit.text).join(''))).toEqual(['Até vencimento']);
  });

  it('has a height that is arithmetic', () => {
    expect(card('inicio').box.height).toBe(50 + 18 + 10);
    const { lines, rows, box } = card('menu');
    expect(box.height).toBe(50 + 18 * lines.length + 10 + 13 + 26 * rows.length);
  });
});

describe('wires', () => {
  const wires = route(cards, flow().edges);

  it('join a chain foot to head', () => {
    expect(wires.find((wire) => wire.id === 'inicio:next')).toMatchObject({
      chained: true,
      points: [{ x: 25, y: 78 }, { x: 25, y: 106 }],
    });
  });

  it('are right-angled and never pass behind a card', () => {
    for (const wire of wires) {
      for (const [a, b] of pairs(wire.points)) {
        expect(a.x === b.x || a.y === b.y).toBe(true);
        for (const { box } of cards.values()) {
          const inside =
            Math.max(a.x, b.x) > box.x + 1 &&
            Math.min(a.x, b.x) < right(box) - 1 &&
            Math.max(a.y, b.y) > box.y + 1 &&
            Math.min(a.y, b.y) < box.y + box.height - 1;
          expect(inside, `${wire.id} behind ${String(box.x)},${String(box.y)}`).toBe(false);
        }
      }
    }
  });

  it('turn with a radius no longer than half of the shorter stretch', () => {
    expect(pathOf([{ x: 0, y: 0 }, { x: 20, y: 0 }, { x: 20, y: 8 }], 10)).toBe('M0 0L16 0Q20 0 20 4L20 8');
  });
});

describe('layout', () => {
  it('stacks chains, sends branches right and overlaps nothing', () => {
    const places = layout(cards, flow().edges);
    expect(places['ola']).toEqual({ x: 0, y: card('inicio').box.height + 28 });
    expect(places['fim']?.x).toBe(324);
  });
});

describe('an edit', () => {
  it('heals the wire over a node that is removed', () => {
    const after = apply(flow(), remove(flow(), ['ola']));
    expect(after.edges).toContainEqual({ source: 'inicio', port: 'next', target: 'menu' });
    expect(after.edges).toContainEqual({ source: 'menu', port: 'b', target: 'menu' });
  });

  it('puts a node between two others when its port led on', () => {
    const node = newNode(flow(), types, 'message', { x: 0, y: 0 });
    const after = apply(flow(), append(flow(), types, node, { source: 'menu', port: 'a' }));
    expect(after.edges).toContainEqual({ source: 'menu', port: 'a', target: 'message' });
    expect(after.edges).toContainEqual({ source: 'message', port: 'next', target: 'fim' });
  });

  it('cuts the wire of an option that is no more', () => {
    const params = { text: 'Como?', options: [{ id: 'a', title: 'Vendas' }] };
    const after = apply(flow(), setParams(flow(), types, 'menu', params));
    expect(after.edges.some((edge) => edge.port === 'b')).toBe(false);
  });

  it('pastes nodes from text under new ids with the wires among them', () => {
    const clip = readClip(writeClip(clipOf(flow(), new Set(['ola', 'menu']))))!;
    const { change, ids } = insertCopies(flow(), clip, { x: 32, y: 32 });
    const after = apply(flow(), change);
    expect(ids).toEqual(['ola_2', 'menu_2']);
    expect(after.edges).toContainEqual({ source: 'ola_2', port: 'next', target: 'menu_2' });
    expect(after.nodes).toHaveLength(6);
  });

  it('pastes the nodes of a bundle from another account', () => {
    const nodes = clipOf(flow(), new Set(['ola', 'menu']));
    const bundle = { format: 'flowengine/bundle', format_version: 1, flows: [], references: [], nodes };
    expect(readClip(JSON.stringify(bundle))).toEqual(readClip(writeClip(nodes)));
    expect(readClip(JSON.stringify({ ...bundle, nodes: undefined }))).toBeNull();
  });
});

describe('schemas', () => {
  it('give every type a start that has what it must', () => {
    for (const [type, schema] of Object.entries(types.types)) {
      const params = startingParams(types, type);
      for (const name of (schema['required'] as string[] | undefined) ?? []) expect(params, type).toHaveProperty(name);
    }
  });
});

describe('a template', () => {
  it('is its pieces joined again', () => {
    const text = 'Oi{% if contact.name %} {{ contact.name }}{% endif %}, são {{now.time}}.';
    const joined = piecesOf(text).map((piece) => (piece.kind === 'text' ? piece.text : piece.source)).join('');
    expect(joined).toBe(text);
  });
});

describe('what stays as it is', () => {
  const moved = cardsOf(apply(flow(), { kind: 'moveNodes', positions: { ola: { x: 5, y: 5 } } }), types, 'pt-BR');
  const renamed = cardsOf(apply(flow(), { kind: 'setLabel', id: 'ola', label: 'Oi' }), types, 'pt-BR');

  it('is the way of the wires, until a card moves or its ways out change', () => {
    expect(sameGeometry(renamed, cards)).toBe(true);
    expect(sameGeometry(moved, cards)).toBe(false);
  });

  it('is the order of reading, until steps or their ways out change', () => {
    expect(sameReading(moved, cards)).toBe(true);
    expect(sameReading(cardsOf(apply(flow(), { kind: 'removeNodes', ids: ['ola'] }), types, 'pt-BR'), cards)).toBe(false);
  });

  it('is every wire that takes the way it took', () => {
    const { edges } = flow();
    const before = route(cards, edges);
    const after = kept(route(moved, edges), before);
    const touching = edges.filter((edge) => edge.source === 'ola' || edge.target === 'ola').length;
    expect(kept(route(renamed, edges), before)).toEqual(before);
    expect(before.every((wire) => kept(route(renamed, edges), before).includes(wire))).toBe(true);
    expect(after.filter((wire) => !before.includes(wire)).length).toBeGreaterThanOrEqual(touching);
    expect(after.some((wire) => before.includes(wire))).toBe(true);
  });
});
