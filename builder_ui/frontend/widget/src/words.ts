// The chat's texts and dates in the visitor's language.

import en from './texts/en.json';
import ptBR from './texts/pt-BR.json';

export type Language = 'pt-BR' | 'en';
export type Texts = typeof ptBR;

const CATALOGUES: Record<Language, Texts> = { 'pt-BR': ptBR, en };

/** The first wish that we speak; Portuguese where nobody wished anything we know. */
export function chooseLanguage(...wishes: readonly (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    if (wish?.toLowerCase().startsWith('pt')) return 'pt-BR';
    if (wish?.toLowerCase().startsWith('en')) return 'en';
  }
  return 'pt-BR';
}

export interface Words {
  readonly language: Language;
  readonly texts: Texts;
  readonly unread: (count: number) => string;
  readonly typing: (name: string) => string;
  readonly time: (at: string) => string;
  /** The heading over a day's messages: today, yesterday, or the date. */
  readonly day: (at: string, now: number) => string;
}

export function wordsIn(language: Language): Words {
  const texts = CATALOGUES[language];
  const plural = new Intl.PluralRules(language);
  const time = new Intl.DateTimeFormat(language, language === 'en' ? { hour: 'numeric', minute: '2-digit' } : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const date = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' });
  return {
    language,
    texts,
    unread: (count) => (plural.select(count) === 'one' ? texts.openUnread.one : texts.openUnread.other).replace('{count}', String(count)),
    typing: (name) => texts.typing.replace('{name}', name),
    time: (at) => (isTime(at) ? time.format(new Date(at)) : ''),
    day: (at, now) => {
      if (!isTime(at)) return '';
      if (sameDay(at, now)) return texts.today;
      return sameDay(at, now - 86_400_000) ? texts.yesterday : date.format(new Date(at));
    },
  };
}

export function sameDay(at: string, other: string | number): boolean {
  return new Date(at).toDateString() === new Date(other).toDateString();
}

function isTime(at: string): boolean {
  return !Number.isNaN(Date.parse(at));
}
