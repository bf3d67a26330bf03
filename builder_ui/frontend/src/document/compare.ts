// How two drawings of one flow differ, in numbers.
import type { FlowDocument } from './flow';
import { equal } from './json';

export type Differences = { added: number; removed: number; changed: number };

/** From `mine` to `theirs`, counted in nodes; wires count for the node they leave. */
export function differences(mine: FlowDocument, theirs: FlowDocument): Differences {
  const before = new Map(mine.nodes.map((node) => [node.id, node]));
  const after = new Map(theirs.nodes.map((node) => [node.id, node]));
  const wires = (document: FlowDocument, id: string) =>
    document.edges.filter((edge) => edge.source === id).map((edge) => `${edge.port}>${edge.target}`).sort();
  const changed = [...after].filter(([id, node]) => {
    const other = before.get(id);
    if (other === undefined) return false;
    return (
      node.type !== other.type ||
      node.label !== other.label ||
      !equal(node.params, other.params) ||
      !equal(wires(mine, id), wires(theirs, id))
    );
  });
  return {
    added: [...after.keys()].filter((id) => !before.has(id)).length,
    removed: [...before.keys()].filter((id) => !after.has(id)).length,
    changed: changed.length,
  };
}
