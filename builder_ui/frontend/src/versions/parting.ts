// Which sentence tells where a past run and the draft part.
import type { Parting } from './versions-api';

export type Sentence = { key: string; node: string; before: string | null; after: string | null };

/** The key of a text, and the ids it names: of steps, or (`ports`) of the ways out of `node`. */
export function sentenceOf({ verdict, why, node, before, after }: Parting): Sentence {
  const plain = { node, before: null, after: null };
  if (verdict === 'unknown') return { ...plain, key: `unknown.${why}` };
  if (verdict === 'otherwise') return { ...plain, key: `otherwise.${why}` };
  if (why !== 'trace') return { ...plain, after: after?.node ?? null, key: `elsewhere.${why}` };
  if (before !== null && after !== null && before.node === after.node) {
    if (before.port === after.port) return { ...plain, key: 'elsewhere.answer' };
    if (before.port === null || after.port === null) return { ...plain, key: before.port === null ? 'elsewhere.goesOn' : 'elsewhere.stops' };
    return { node, before: before.port, after: after.port, key: 'elsewhere.ports' };
  }
  if (after === null) return { node, before: before?.node ?? null, after: null, key: 'elsewhere.shorter' };
  if (before === null) return { node, before: null, after: after.node, key: 'elsewhere.longer' };
  return { node, before: before.node, after: after.node, key: 'elsewhere.steps' };
}
