// Why a contact was not saved, beside the field that it is about, in the words of whoever reads it.
import type { TFunction } from 'i18next';
import { Refused, Unreachable } from '../api';
import { textOf } from '../document/json';
import type { Thing } from '../document/schema';

const DETAILS = ['name', 'email', 'phone', 'score', 'language', 'timezone'] as const;

/** By pointer; "" for what is about no field. */
export function sentences(error: unknown, fields: readonly Thing[], t: TFunction<'contacts'>): Map<string, string> {
  if (error instanceof Unreachable) return new Map([['', t('common:failed.unreachable')]]);
  if (!(error instanceof Refused) || error.status >= 500) return new Map([['', t('notSaved')]]);
  if (error.errors.length === 0) return new Map([['', t('refused', { words: error.message })]]);
  return new Map(error.errors.map(({ pointer, detail }) => [pointer, sentence(pointer, detail, error.code)]));

  function sentence(pointer: string, detail: string, code: string): string {
    if (code === 'not_unique') return t('wants.unique');
    if (detail.endsWith('is required')) return t('wants.required');
    const slug = pointer.replace('/fields/', '');
    const field = pointer.startsWith('/fields/') ? fields.find((each) => each.slug === slug) : undefined;
    if (field !== undefined) return t(`wants.${textOf(field['type'])}`, { defaultValue: detail });
    const own = DETAILS.find((each) => pointer === `/${each}`);
    return own === undefined ? detail : t(`wants.${own}`);
  }
}

/** In one line. */
export function inALine(error: unknown, t: TFunction<'contacts'>): string {
  return [...sentences(error, [], t).values()].join(' ');
}
