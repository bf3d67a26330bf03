// What may be put into a flow of a kind, by group, what is used most first.
import { textOf, textsOf } from './json';
import { fitsKind, groupOf, titleOf, type Language, type NodeTypes, type Schema } from './schema';

export type Group = { id: string; title: string; icon: string; types: { type: string; schema: Schema }[] };

/** The groups with what may stand in a flow of this kind. */
export function paletteOf(types: NodeTypes, language: Language, kind: string): Group[] {
  return types.groups.map((group) => ({
    id: textOf(group['id']),
    title: titleOf(group, language),
    icon: textOf(group['icon']),
    types: Object.entries(types.types)
      .filter(([, schema]) => groupOf(schema) === group['id'] && fitsKind(schema, kind))
      .map(([type, schema]) => ({ type, schema }))
      .toSorted((one, other) => rankIn(group, one.type) - rankIn(group, other.type)),
  }));
}

/** What is used most comes first; what the group does not name comes after it. */
function rankIn(group: Schema, type: string): number {
  const order = textsOf(group['order']);
  return order.includes(type) ? order.indexOf(type) : order.length;
}
