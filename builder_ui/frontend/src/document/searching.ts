// Everything one may look for in a step: what it says, the variables it uses, what it names.
import type { FlowNode } from './flow';
import { isObject, type Json } from './json';

/** All texts of a step's parameters, in their order. */
export function textsOf(node: FlowNode): string {
  const found: string[] = [];
  gather(node.params, found);
  return [...new Set(found)].join(' · ');
}

function gather(value: Json, found: string[]): void {
  if (typeof value === 'string') {
    if (value !== '') found.push(value);
  } else if (Array.isArray(value)) value.forEach((each) => gather(each, found));
  else if (isObject(value)) Object.values(value).forEach((each) => gather(each, found));
}

const AROUND = 28; // characters shown on each side of what was found

/** The part of a text around what was found in it; null where it is not in it. Both fold to the same length. */
export function excerpt(text: string, folded: string, needle: string): string | null {
  const at = folded.indexOf(needle);
  if (at < 0) return null;
  const from = Math.max(0, at - AROUND);
  const to = Math.min(text.length, at + needle.length + AROUND);
  return `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`;
}
