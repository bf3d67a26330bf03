// What somebody decides about a bundle before it is taken in: for each thing that it names, and for each of its flows.
import type { Things } from '../document/schema';

export type Found = {
  kind: string;
  slug: string;
  name: string;
  found: 'same_slug' | 'same_name' | 'lacks';
  here: string | null;
  alias_of: string | null;
  candidates: { slug: string; name: string }[];
  differs: string[];
  can_create: boolean;
  used_in: { flow: string; nodes: (string | null)[] }[];
};
export type CopiedFlow = { key: string; name: string; kind: string; nodes: number; clash: { key: string; name: string } | null };
/** A file that the flows send: whether it is here, and else whether it comes along. */
export type SentFile = { hash: string; name: string; found: boolean; comes: boolean };
export type Report = { flows: CopiedFlow[]; references: Found[]; files: SentFile[]; nodes: number; origin: { flows: { account?: { name?: string } }[] } };
export type Imported = {
  flows: { id: string; key: string; name: string }[];
  created: string[];
  aliases: Record<string, string>;
  left: string[];
};

export type Decision = { kind: 'use'; slug: string } | { kind: 'create' } | { kind: 'leave' };
export type Decisions = Record<string, Decision>;
export type Mapping = Record<string, { use: string } | { create: true } | { leave: true }>;

export const nameIn = (thing: { kind: string; slug: string }) => `${thing.kind}:${thing.slug}`;
const flowName = (flow: CopiedFlow) => nameIn({ kind: 'flow', slug: flow.key });

/** The likeliest for each: what has the same name here, else a new one, else open. Who manages nothing leaves open. */
export function likely(report: Report, manages: boolean): Decisions {
  return Object.fromEntries(toDecide(report).map((found) => [nameIn(found), likelyFor(found, manages)]));
}

function likelyFor({ candidates, can_create: canCreate }: Found, manages: boolean): Decision {
  const first = candidates[0];
  if (!manages) return { kind: 'leave' };
  if (first !== undefined) return { kind: 'use', slug: first.slug };
  return canCreate ? { kind: 'create' } : { kind: 'leave' };
}

/** What is not here under the same slug: what is, is used. */
export function toDecide(report: Report): Found[] {
  return report.references.filter((found) => found.found !== 'same_slug');
}

/** Whether a stage is there as soon as its pipeline is created, or is another's. */
export function comesAlong({ kind, slug }: Found, decisions: Decisions, things: Things): boolean {
  const [pipeline = '', stage = ''] = slug.split('/');
  const decided = kind === 'stage' ? decisions[nameIn({ kind: 'pipeline', slug: pipeline })] : undefined;
  if (decided?.kind === 'use') return (things['stage'] ?? []).some((each) => each.slug === `${decided.slug}/${stage}`);
  return decided?.kind === 'create';
}

/** What may stand for it here; of stages those of the pipeline that stands for theirs. */
export function candidatesFor({ kind, slug }: Found, decisions: Decisions, things: Things): { slug: string; name: string }[] {
  const all = (things[kind] ?? []).filter((each) => typeof each['alias_of'] !== 'string');
  if (kind !== 'stage') return all;
  const pipeline = slug.split('/')[0] ?? '';
  const decided = decisions[nameIn({ kind: 'pipeline', slug: pipeline })];
  const within = decided?.kind === 'use' ? decided.slug : pipeline;
  return all.filter((each) => each.slug.startsWith(`${within}/`));
}

/** Those that stay open. */
export function leftOpen(report: Report, decisions: Decisions, things: Things): Found[] {
  return toDecide(report).filter((found) => decisions[nameIn(found)]?.kind === 'leave' && !comesAlong(found, decisions, things));
}

/** As the server wants it. */
export function mappingOf(report: Report, decisions: Decisions, things: Things): Mapping {
  const named = toDecide(report)
    .filter((found) => !comesAlong(found, decisions, things))
    .map((found) => [nameIn(found), orderOf(decisions[nameIn(found)])]);
  const flows = report.flows.flatMap((flow) => {
    const decided = decisions[flowName(flow)];
    return decided === undefined || decided.kind === 'create' ? [] : [[flowName(flow), orderOf(decided)]];
  });
  return Object.fromEntries([...named, ...flows]);
}

function orderOf(decision: Decision | undefined): Mapping[string] {
  switch (decision?.kind) {
    case 'use':
      return { use: decision.slug };
    case 'create':
      return { create: true };
    case 'leave':
    case undefined:
      return { leave: true };
  }
}

export function decisionOf(flow: CopiedFlow, decisions: Decisions): Decision {
  return decisions[flowName(flow)] ?? { kind: 'create' };
}

export function decide(decisions: Decisions, thing: { kind: string; slug: string }, decision: Decision): Decisions {
  return { ...decisions, [nameIn(thing)]: decision };
}

/** The keys under which the flows are added, as the server counts on: the next ones that are free. */
export function newKeys(report: Report, decisions: Decisions, things: Things): Record<string, string> {
  const taken = new Set((things['flow'] ?? []).map((each) => each.slug));
  const keys: Record<string, string> = {};
  for (const flow of report.flows) {
    if (decisionOf(flow, decisions).kind !== 'create') continue;
    const key = freeKey(flow.key, taken);
    taken.add(key);
    keys[flow.key] = key;
  }
  return keys;
}

function freeKey(wanted: string, taken: ReadonlySet<string>): string {
  let key = wanted;
  for (let number = 2; taken.has(key); number += 1) key = `${wanted.slice(0, 63 - String(number).length)}-${String(number)}`;
  return key;
}
