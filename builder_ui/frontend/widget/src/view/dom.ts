// Building elements without markup strings, so that what a person wrote can never become HTML.

type Child = Node | string | null;

export interface Traits {
  readonly class?: string;
  readonly attributes?: Readonly<Record<string, string | null>>;
  readonly click?: () => void;
}

export function el<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, traits: Traits = {}, ...children: readonly Child[]): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (traits.class) element.className = traits.class;
  for (const [name, value] of Object.entries(traits.attributes ?? {})) if (value !== null) element.setAttribute(name, value);
  const { click } = traits;
  if (click) element.addEventListener('click', () => click());
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Words for a screen reader only. */
export function aside(text: string): HTMLElement {
  return el('span', { class: 'aside' }, text);
}

const PATHS = {
  chat: ['M8 9h8', 'M8 13h6', 'M18 4a3 3 0 0 1 3 3v8a3 3 0 0 1 -3 3h-5l-5 3v-3h-2a3 3 0 0 1 -3 -3v-8a3 3 0 0 1 3 -3h12z'],
  close: ['M18 6l-12 12', 'M6 6l12 12'],
  send: ['M10 14l11 -11', 'M21 3l-6.5 18a.55 .55 0 0 1 -1 0l-3.500 -7l-7 -3.500a.55 .55 0 0 1 0 -1l18 -6.500'],
  clock: ['M3 12a9 9 0 1 0 18 0a9 9 0 0 0 -18 0', 'M12 7v5l3 3'],
  check: ['M5 12l5 5l10 -10'],
  checks: ['M7 12l5 5l10 -10', 'M2 12l5 5m5 -5l5 -5'],
  alert: ['M3 12a9 9 0 1 0 18 0a9 9 0 0 0 -18 0', 'M12 8v4', 'M12 16h.01'],
  down: ['M12 5v14', 'M18 13l-6 6', 'M6 13l6 6'],
  file: ['M14 3v4a1 1 0 0 0 1 1h4', 'M17 21h-10a2 2 0 0 1 -2 -2v-14a2 2 0 0 1 2 -2h7l5 5v11a2 2 0 0 1 -2 2z'],
  robot: ['M6 4m0 2a2 2 0 0 1 2 -2h8a2 2 0 0 1 2 2v4a2 2 0 0 1 -2 2h-8a2 2 0 0 1 -2 -2z', 'M12 2v2', 'M9 12v9', 'M15 12v9', 'M5 16l4 -2', 'M15 14l4 2', 'M9 18h6', 'M10 8v.01', 'M14 8v.01'],
} as const;

const SVG = 'http://www.w3.org/2000/svg';

/** A Tabler outline icon, stroke 1.75. */
export function icon(name: keyof typeof PATHS, size = 16): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const traits = {
    viewBox: '0 0 24 24', width: String(size), height: String(size), fill: 'none', stroke: 'currentColor',
    'stroke-width': '1.75', 'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': 'true',
  };
  for (const [key, value] of Object.entries(traits)) svg.setAttribute(key, value);
  for (const d of PATHS[name]) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}
