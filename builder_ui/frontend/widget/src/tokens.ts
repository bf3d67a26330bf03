// The product's colours as CSS variables for light and dark, from the one list of tokens.

import { semantic, shadows } from '../../src/theme/theme.json';
import css from './chat.css?inline';

function variables(values: Readonly<Record<string, string>>): string {
  return Object.entries(values).filter(([name]) => css.includes(`var(--${name})`)).map(([name, value]) => `--${name}:${value}`).join(';');
}

const light = variables({ ...semantic.light, ...shadows.light });
const dark = variables({ ...semantic.dark, ...shadows.dark });

export const STYLES = `.root{color-scheme:light;${light}}@media (prefers-color-scheme:dark){.root:not([data-theme=light]){color-scheme:dark;${dark}}}.root[data-theme=dark]{color-scheme:dark;${dark}}${css}`;

/** Gives a shadow root its styles without an inline style element, which a strict page would refuse. */
export function dress(root: ShadowRoot): void {
  if ('adoptedStyleSheets' in root && 'replaceSync' in CSSStyleSheet.prototype) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    root.adoptedStyleSheets = [sheet];
    return;
  }
  const style = document.createElement('style');
  style.textContent = STYLES;
  root.append(style);
}
