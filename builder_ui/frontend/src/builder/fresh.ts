// Steps that a person has only just added: what they lack is still to be filled in, and no mistake yet.
import type { Change } from '../document/changes';
import type { FlowDocument, Finding } from '../document/flow';
import { fieldOf } from './problems';

/** By step. `at hand`: its form has not been left yet; `left`: it has, and only its ways out may wait. */
export type Fresh = ReadonlyMap<string, 'at hand' | 'left'>;
export const nothingFresh: Fresh = new Map();

/** Shape (a field that is missing or empty) and ways out that must lead somewhere; anything else is wrong at once. */
const LACKS = new Set(['F003', 'F102', 'F131']);

/** Whether a finding only says that somebody has not come to it yet. */
export function isToFill(finding: Finding, fresh: Fresh): boolean {
  const state = finding.node === null ? undefined : fresh.get(finding.node);
  if (state === undefined || !LACKS.has(finding.code)) return false;
  return state === 'at hand' || fieldOf(finding) === null;
}

/** A flow that was never more than its trigger has nothing wrong with it. */
export function freshAtFirst(document: FlowDocument, isLive: boolean): Fresh {
  const [first, ...rest] = document.nodes;
  return first === undefined || rest.length > 0 || isLive ? nothingFresh : new Map([[first.id, 'left']]);
}

/** After a change: a step put in by itself is fresh; one whose wire is cut is not, for its author has been there. */
export function freshAfter(fresh: Fresh, change: Change): Fresh {
  switch (change.kind) {
    case 'all':
      return change.changes.reduce(freshAfter, fresh);
    case 'insert': {
      const [one, ...rest] = change.nodes;
      return one === undefined || rest.length > 0 ? fresh : new Map([...fresh, [one.item.id, 'at hand']]);
    }
    case 'wire':
      return change.target === null ? without(fresh, (id) => id === change.source) : fresh;
    default:
      return fresh;
  }
}

export function freshOnceLeft(fresh: Fresh, id: string | null): Fresh {
  return id === null || fresh.get(id) !== 'at hand' ? fresh : new Map([...fresh, [id, 'left']]);
}

/** What was filled in once is fresh no more: emptied again, it is a mistake. */
export function freshOnceChecked(fresh: Fresh, document: FlowDocument, findings: readonly Finding[]): Fresh {
  const there = new Set(document.nodes.map((node) => node.id));
  const lacking = new Set(findings.map((finding) => finding.node));
  return without(fresh, (id) => there.has(id) && !lacking.has(id));
}

function without(fresh: Fresh, isGone: (id: string) => boolean): Fresh {
  return [...fresh.keys()].some(isGone) ? new Map([...fresh].filter(([id]) => !isGone(id))) : fresh;
}
