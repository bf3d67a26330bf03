// Why flows did not go out or come in, in the words of whoever reads it.
import type { TFunction } from 'i18next';
import { isRecord, Refused, Unreachable } from '../api';

export function whyNot(error: unknown, t: TFunction<'flows'>, language: string): string {
  if (error instanceof Unreachable) return t('why.unreachable');
  if (!(error instanceof Refused) || error.status >= 500) return t('why.ours');
  if (error.status === 413) return t('why.tooBig');
  if (error.code === 'not_allowed') return t('why.notAllowed');
  if (error.code === 'conflict') return t('why.changed');
  return findingIn(error.body, language) ?? t('why.other', { words: error.message });
}

/** The first thing that the checker says. */
function findingIn({ findings }: Record<string, unknown>, language: string): string | null {
  const first: unknown = Array.isArray(findings) ? findings[0] : null;
  const message = isRecord(first) && isRecord(first['message']) ? first['message'][language] : null;
  return typeof message === 'string' ? message : null;
}
