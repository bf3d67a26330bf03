// A flow as chains in columns: a single way out leads on within its chain, branches lead to the next columns.
import type { Card } from './card';
import type { Edge } from './flow';

export type Chain = { ids: string[]; column: number };
export type Chaining = {
  /** Whether a step that several wires reach may stand under one of them; else it begins a chain of its own. */
  joined: boolean;
  /** Whether beginnings stand next to what they lead to; else all of them stand in the first column. */
  near: boolean;
};

/** The chains in reading order, the columns counted from 0. */
export function chainsOf(cards: ReadonlyMap<string, Card>, edges: readonly Edge[], how: Chaining): Chain[] {
  const { order, forward } = read(cards, edges);
  const ins = countsOf(forward.map((edge) => edge.target));
  const chained = new Set<string>();
  const next = new Map<string, string>();
  for (const id of order) {
    const [only, ...more] = forward.filter((edge) => edge.source === id);
    if (only === undefined || more.length > 0 || (cards.get(id)?.only ?? null) === null) continue;
    if (chained.has(only.target) || (!how.joined && (ins.get(only.target) ?? 0) > 1)) continue;
    next.set(id, only.target);
    chained.add(only.target);
  }
  const chains = order.filter((id) => !chained.has(id)).map((first): Chain => {
    const ids = [first];
    for (let id = next.get(first); id !== undefined; id = next.get(id)) ids.push(id);
    return { ids, column: 0 };
  });
  return inColumns(chains, forward, how);
}

/** Each chain one column to the right of the furthest that leads to it. */
function inColumns(chains: Chain[], forward: readonly Edge[], how: Chaining): Chain[] {
  const place = new Map(chains.flatMap((chain, index) => chain.ids.map((id): [string, number] => [id, index])));
  const wires = forward.flatMap(({ source, target }): [number, number][] => {
    const [from, to] = [place.get(source), place.get(target)];
    return from === undefined || to === undefined || from === to ? [] : [[from, to]];
  });
  const columns = chains.map(() => 0);
  // A column a round: without rings the longest way is as long as there are chains at most.
  for (let round = 0, isMoving = true; isMoving && round < chains.length; round += 1) {
    isMoving = false;
    for (const [from, to] of wires) {
      const wanted = (columns[from] ?? 0) + 1;
      if (wanted <= (columns[to] ?? 0)) continue;
      columns[to] = wanted;
      isMoving = true;
    }
  }
  if (how.near) {
    const reached = new Set(wires.map(([, to]) => to));
    chains.forEach((_, index) => {
      const after = wires.filter(([from]) => from === index).map(([, to]) => columns[to] ?? 0);
      if (!reached.has(index) && after.length > 0) columns[index] = Math.max(0, Math.min(...after) - 1);
    });
  }
  return chains.map(({ ids }, index) => ({ ids, column: columns[index] ?? 0 }));
}

/** The nodes as they are met from the beginnings, port by port; and the wires that lead back to none of those before. */
function read(cards: ReadonlyMap<string, Card>, edges: readonly Edge[]): { order: string[]; forward: Edge[] } {
  const outs = new Map<string, Edge[]>();
  const reached = new Set<string>();
  for (const edge of edges) {
    if (!cards.has(edge.source) || !cards.has(edge.target)) continue;
    outs.set(edge.source, [...(outs.get(edge.source) ?? []), edge]);
    if (edge.source !== edge.target) reached.add(edge.target);
  }
  const order: string[] = [];
  const forward: Edge[] = [];
  const done = new Map<string, boolean>(); // false while the way goes on behind it
  const wiresOf = (id: string) => {
    const rows = cards.get(id)?.rows ?? [];
    const rank = (edge: Edge) => rows.findIndex((row) => row.id === edge.port);
    return (outs.get(id) ?? []).toSorted((one, other) => rank(one) - rank(other));
  };
  // By hand instead of by calls: a chain of some thousand steps would be too deep for them.
  const visit = (first: string) => {
    if (done.has(first)) return;
    const way = [{ id: first, wires: wiresOf(first) }];
    done.set(first, false);
    order.push(first);
    for (let here = way.at(-1); here !== undefined; here = way.at(-1)) {
      const wire = here.wires.shift();
      if (wire === undefined) {
        done.set(here.id, true);
        way.pop();
        continue;
      }
      if (done.get(wire.target) !== false) forward.push(wire);
      if (done.has(wire.target)) continue;
      done.set(wire.target, false);
      order.push(wire.target);
      way.push({ id: wire.target, wires: wiresOf(wire.target) });
    }
  };
  const ids = [...cards.keys()];
  for (const id of ids) if (!reached.has(id)) visit(id);
  for (const id of ids) visit(id);
  return { order, forward };
}

function countsOf(ids: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
