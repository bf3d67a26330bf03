// The layout of the ready-made flows: crossings, ports, and what a person has placed.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { types } from '../test/types';
import type { Card } from './card';
import { cardsOf, contentsOf, placed, withPlaces } from './drawing';
import type { FlowDocument } from './flow';
import { layout } from './layout';
import { boxAround, route } from './routing';

const folder = join(__dirname, '../../../../flows');
const flows = readdirSync(folder)
  .filter((file) => file.endsWith('.json') && !file.endsWith('.stories.json'))
  .map((file): [string, FlowDocument] => [file.replace('.json', ''), JSON.parse(readFileSync(join(folder, file), 'utf8')) as FlowDocument]);

// Crossings of dagre's layout of the same cards (@dagrejs/dagre 3.1.3, rankdir LR, nodesep 40, ranksep 92), with the wires
// led by our own routes, from port to head. Its own straight lines from middle to middle cross 18 times in all.
const dagre: Record<string, number> = {
  agendamento: 14,
  aniversario: 1,
  atendimento: 9,
  'aviso-de-pedido': 3,
  'cobranca-de-boleto': 3,
  duvidas: 8,
  'etapas-do-negocio': 2,
  identificacao: 4,
  'inscricao-em-evento': 1,
  'lembrete-de-agendamento': 2,
  'lembretes-do-evento': 0,
  'negocio-parado': 1,
  'orcamento-em-aberto': 1,
  qualificacao: 0,
  reengajamento: 1,
  satisfacao: 4,
  'status-do-pedido': 6,
  'triagem-com-ia': 17,
};

function arranged(document: FlowDocument): { cards: ReadonlyMap<string, Card>; crossings: number } {
  const contents = contentsOf(document, types, 'pt-BR');
  const cards = placed(contents, layout(placed(contents), document.edges));
  return { cards, crossings: route(cards, document.edges).reduce((sum, wire) => sum + wire.over.length, 0) };
}

function overlaps(cards: ReadonlyMap<string, Card>): string[] {
  const all = [...cards.values()];
  return all.flatMap((one, place) =>
    all.slice(place + 1).flatMap((other) => {
      const both = boxAround([one.box, other.box]);
      const isApart = both.width >= one.box.width + other.box.width || both.height >= one.box.height + other.box.height;
      return isApart ? [] : [`${one.node.id} and ${other.node.id}`];
    }),
  );
}

describe.each(flows)('%s', (key, document) => {
  it('has no more crossings than with dagre, and no card on another', () => {
    const { cards, crossings } = arranged(document);
    expect(crossings).toBeLessThanOrEqual(dagre[key] ?? 0);
    expect(overlaps(cards)).toEqual([]);
  });

  it('keeps what was placed by hand when new steps find their places', () => {
    const nodes = document.nodes.map((node, place) => (place % 3 === 0 ? { ...node, position: undefined } : node));
    const whole = withPlaces({ ...document, nodes }, types, 'pt-BR');
    const byHand = document.nodes.filter((_, place) => place % 3 !== 0);
    expect(byHand.map((node) => whole.nodes.find((each) => each.id === node.id)?.position)).toEqual(byHand.map((node) => node.position));
    expect(overlaps(cardsOf(whole, types, 'pt-BR'))).toEqual(overlaps(cardsOf({ ...document, nodes: byHand }, types, 'pt-BR')));
  });
});

it('of all ready-made flows crosses wires less than a third as often as dagre', () => {
  const ours = flows.reduce((sum, [, document]) => sum + arranged(document).crossings, 0);
  expect(ours * 3).toBeLessThan(Object.values(dagre).reduce((sum, each) => sum + each, 0));
});

it('is the same whenever it is asked for', () => {
  const [, document] = flows[0] ?? ['', undefined];
  expect(document).toBeDefined();
  const cards = cardsOf(document!, types, 'pt-BR');
  expect(layout(cards, document!.edges)).toEqual(layout(cards, document!.edges));
});
