// Why a step was left as it was, in words: from the engine's short reasons to a key of the catalogue and what fills it.
import { textOf, type Json } from '../document/json';
import type { Step } from './rehearsal-api';

/** `key` is of `simulator:why`; what is in no pattern is said as the engine says it. */
export type Why = { key: string; words: Record<string, string> };

type Pattern = { is: RegExp; key: string };

// Reasons as nodes write them into the trace.
const patterns: Pattern[] = [
  { is: /^by (?<how>choice|id|title|number|synonym|nearly)$/, key: 'by' },
  { is: /^said before(; .*)?$/, key: 'saidBefore' },
  { is: /^no answer: (?<text>[^]*)$/, key: 'noAnswer' },
  { is: /^reminder (?<place>\d+)$/, key: 'reminder' },
  { is: /^waits for more$/, key: 'gathers' },
  { is: /^status (?<status>\d+)/, key: 'status' },
  { is: /^nothing there: (?<names>.*)$/, key: 'absent' },
  { is: /^not said: (?<names>.*)$/, key: 'notSaid' },
  { is: /^the answer does not fit: (?<place>.*)$/, key: 'misfit' },
  { is: /^happened at (?<at>.*)$/, key: 'happened' },
  { is: /^past: (?<at>.*)$/, key: 'past' },
  { is: /^no date$/, key: 'noDate' },
  { is: /^the template is (?<status>.*)$/, key: 'template' },
  { is: /^no address: (?<given>.*)$/, key: 'noAddress' },
  { is: /^nothing to say( for .*)?$/, key: 'nothingToSay' },
  { is: /^nobody to tell$/, key: 'nobodyToTell' },
  { is: /^(?<who>\S+) is away$/, key: 'away' },
  { is: /^(?<who>\S+) stays responsible$/, key: 'staysOwner' },
  { is: /^timeout\b/, key: 'timeout' },
  { is: /^refused\b/, key: 'unreachable' },
  { is: /^there is no deal/, key: 'noDeal' },
];

/** Ports whose name says more than the reason beside them. */
const byPort: Record<string, string> = { no_reply: 'noReply', invalid: 'invalid', timed_out: 'timedOut', closed: 'closed', unavailable: 'unavailable' };

export function whyOf(step: Step): Why | null {
  const port = step.port === null ? undefined : byPort[step.port];
  if (step.type === 'condition') return step.port === 'else' ? { key: 'else', words: {} } : step.port === null ? null : { key: 'holds', words: {} };
  if (step.type === 'split' && step.port !== null) return { key: 'drawn', words: {} };
  if (step.type === 'end') return { key: 'ends', words: { text: step.why } };
  if (step.type === 'trigger') return { key: 'began', words: {} };
  for (const { is, key } of patterns) {
    const found = is.exec(step.why);
    if (found === null) continue;
    const words = { ...found.groups, answer: said(step.answer) };
    return key === 'by' ? { key: `by.${found.groups?.['how'] ?? 'title'}`, words } : { key, words };
  }
  if (port !== undefined) return { key: port, words: { text: step.why } };
  if (step.why !== '') return { key: 'asIs', words: { text: step.why } };
  if (step.answer !== null && step.answer !== undefined && step.port === 'answered') return { key: 'read', words: { answer: said(step.answer) } };
  return null;
}

/** A value in a few words. */
export function said(value: Json | undefined): string {
  if (value === null || value === undefined) return '–';
  return typeof value === 'object' ? JSON.stringify(value) : textOf(value) || String(value);
}
