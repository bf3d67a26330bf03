// What the page asks for: the attributes of the one script tag.

import { chooseLanguage, type Language } from './words';

export type Mode = { readonly kind: 'floating'; readonly isOpen: boolean } | { readonly kind: 'inline'; readonly into: string | null };

export interface Options {
  readonly key: string;
  /** Where the chat's API is, without a slash at the end. */
  readonly address: string;
  /** Against which relative addresses of pictures and files are read. */
  readonly base: string;
  readonly mode: Mode;
  readonly language: Language;
  readonly title: string | null;
  readonly name: string | null;
  readonly theme: 'light' | 'dark' | null;
}

export type Attributes = { readonly [name: string]: string | undefined };

/** Reads `data-key`, `data-inline` (empty or a selector), `data-open`, `data-lang`, `data-title`, `data-name`, `data-theme`; null without a key. */
export function readOptions(source: string, attributes: Attributes, page: { readonly lang: string; readonly languages: readonly string[] }): Options | null {
  const { key, inline, open, lang, title, name, theme } = attributes;
  if (!key) return null;
  const base = new URL('.', source).href;
  return {
    key,
    address: `${base}webchat/${encodeURIComponent(key)}`,
    base,
    mode: inline === undefined ? { kind: 'floating', isOpen: open !== undefined && open !== 'false' } : { kind: 'inline', into: inline || null },
    language: chooseLanguage(lang, page.lang, ...page.languages),
    title: title || null,
    name: name || null,
    theme: theme === 'light' || theme === 'dark' ? theme : null,
  };
}
