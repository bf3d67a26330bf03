// What a field of the account holds, as people read it.
import { listOf, textOf, type Json } from '../document/json';
import type { Language } from '../document/schema';

export type Field = { slug: string; name: string; of: string; type: string; choices: { slug: string; name: string }[] };
type Words = { yes: string; no: string };

export function inWords({ type, choices }: Field, value: Json, language: Language, words: Words): string {
  const named = (slug: string) => choices.find((choice) => choice.slug === slug)?.name ?? slug;
  switch (type) {
    case 'yes_no':
      return value === true ? words.yes : words.no;
    case 'choice':
      return named(textOf(value));
    case 'choices':
      return listOf(value).map((each) => named(textOf(each))).join(', ');
    case 'money':
      return Number(value).toLocaleString(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    case 'number':
    case 'integer':
      return Number(value).toLocaleString(language);
    case 'date':
      return new Date(`${textOf(value)}T00:00`).toLocaleDateString(language);
    case 'date_time':
      return new Date(textOf(value)).toLocaleString(language, { dateStyle: 'short', timeStyle: 'short' });
    default:
      return typeof value === 'object' ? '' : String(value);
  }
}
