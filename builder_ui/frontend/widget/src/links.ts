// Finds the addresses in a text, so that they can be drawn as links without reading the text as HTML.

export type Piece = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'link'; readonly text: string; readonly address: string };

// Trailing punctuation belongs to the sentence; a closing bracket to the address only if it opened there.
const ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>"“”]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi;

export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const words = trimmed(match[0]);
    const address = addressOf(words);
    if (!address) continue;
    if (match.index > from) found.push({ kind: 'text', text: text.slice(from, match.index) });
    found.push({ kind: 'link', text: words, address });
    from = match.index + words.length;
  }
  if (from < text.length) found.push({ kind: 'text', text: text.slice(from) });
  return found;
}

/** An address a page may point to, or null: only the web and e-mail, never `javascript:` or `data:`. */
export function safeAddress(address: string, base?: string): string | null {
  try {
    const url = new URL(address, base);
    return ['https:', 'http:', 'mailto:'].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function trimmed(match: string): string {
  const clean = match.replace(/[.,;:!?'’…]+$/, '');
  return clean.endsWith(')') && !clean.includes('(') ? trimmed(clean.slice(0, -1)) : clean;
}

function addressOf(words: string): string | null {
  if (/^https?:/i.test(words)) return safeAddress(words);
  return safeAddress(words.includes('@') ? `mailto:${words}` : `https://${words}`);
}
