// Two drawings of one flow in one: the later one, with the steps that are gone as they lay, and what happened to each.
import { differing, type StepChange } from './differing';
import type { FlowDocument } from './flow';
import type { Language, NodeTypes } from './schema';

export type Mark = StepChange['kind'];
export type Marked = { document: FlowDocument; marks: ReadonlyMap<string, Mark>; changes: StepChange[] };

export function marked(before: FlowDocument, after: FlowDocument, types: NodeTypes, language: Language): Marked {
  const changes = differing(before, after, types, language);
  const gone = changes.flatMap(({ kind, node }) => (kind === 'removed' ? [node] : []));
  const ids = new Set(gone.map((node) => node.id));
  const all = new Set([...after.nodes.map((node) => node.id), ...ids]);
  // The wires of what is gone, where both their ends are drawn; a way out that stayed leads where it leads now.
  const cut = before.edges.filter(({ source, target }) => ids.has(source) && all.has(target));
  return {
    document: { ...after, nodes: [...after.nodes, ...gone], edges: [...after.edges, ...cut] },
    marks: new Map(changes.map(({ kind, node }) => [node.id, kind])),
    changes,
  };
}
