// What became of the runs of a flow, as the canvas draws it: counts on cards, shares of ways out, thickness of wires.
import { wireId, type FlowDocument } from './flow';

/** One step in numbers of runs, as the server counts them. */
export type NodeCounts = {
  node: string;
  reached: number;
  ports: Record<string, number>;
  waiting: number;
  dropped: number;
  handed_off: number;
  failed: number;
  completed: number;
  ended: number;
  /** The median of those that waited there and left. */
  seconds: number | null;
};
/** `share` is of the runs that came, from 0 to 1; `lost`: the contact did not answer, and nothing follows. */
export type PortHeat = { runs: number; share: number; lost: boolean; width: number };
export type CardHeat = { counts: NodeCounts; ports: ReadonlyMap<string, PortHeat> };
/** `part` is how many percent of the heat's colour are mixed into the canvas's. */
export type WireHeat = { width: number; part: number };
export type Heat = { cards: ReadonlyMap<string, CardHeat>; wires: ReadonlyMap<string, WireHeat> };

const THIN = 1.2;
const THICK = 10;

export function noCounts(node: string): NodeCounts {
  return { node, reached: 0, ports: {}, waiting: 0, dropped: 0, handed_off: 0, failed: 0, completed: 0, ended: 0, seconds: null };
}

export function heatOf(document: FlowDocument, nodes: readonly NodeCounts[]): Heat {
  const known = new Map(nodes.map((each) => [each.node, each]));
  const most = Math.max(1, ...nodes.map((each) => each.reached));
  const wired = new Set(document.edges.map(wireId));
  const cards = document.nodes.map(({ id }): [string, CardHeat] => {
    const counts = known.get(id) ?? noCounts(id);
    const ports = Object.entries(counts.ports).map(([port, runs]): [string, PortHeat] => {
      const lost = port === 'no_reply' && !wired.has(wireId({ source: id, port }));
      return [port, { runs, share: counts.reached === 0 ? 0 : runs / counts.reached, lost, width: widthOf(runs, most) }];
    });
    return [id, { counts, ports: new Map(ports) }];
  });
  const wires = document.edges.map((edge): [string, WireHeat] => {
    const width = widthOf(known.get(edge.source)?.ports[edge.port] ?? 0, most);
    return [wireId(edge), { width, part: Math.round(33 + (58 * (width - THIN)) / (THICK - THIN)) }];
  });
  return { cards: new Map(cards), wires: new Map(wires) };
}

/** Grows less than the count, so that the small ones are seen beside the large. */
function widthOf(runs: number, most: number): number {
  return Math.round((THIN + (THICK - THIN) * (Math.min(runs, most) / most) ** 0.62) * 100) / 100;
}

/** The steps at which runs were lost, the worst first. */
export function losses(nodes: readonly NodeCounts[]): { node: string; runs: number; share: number }[] {
  return nodes
    .map(({ node, dropped, failed, reached }) => ({ node, runs: dropped + failed, share: reached === 0 ? 0 : (dropped + failed) / reached }))
    .filter(({ runs }) => runs > 0)
    .toSorted((one, other) => other.runs - one.runs);
}
