// The panel around the talk: head, log, connection bar, composer; and the keyboard inside it.

import { unread, type State } from '../state';
import type { Option } from '../wire';
import type { Words } from '../words';
import { Composer } from './composer';
import { el, icon } from './dom';
import { Log } from './log';

export interface PanelActs {
  readonly say: (text: string) => void;
  readonly typed: () => void;
  readonly choose: (messageId: string, option: Option) => void;
  readonly sendAgain: (clientId: string) => void;
  readonly close: () => void;
}

export class Panel {
  readonly element: HTMLElement;
  readonly #words: Words;
  readonly #log: Log;
  readonly #composer: Composer;
  readonly #title = el('h2', { class: 'title', attributes: { id: 'title' } });
  readonly #with = el('div', { class: 'with' });
  readonly #initials = el('span', { class: 'avatar', attributes: { 'aria-hidden': 'true' } });
  readonly #bar = el('div', { class: 'bar', attributes: { role: 'status' } });
  readonly #ownTitle: string | null;

  constructor(words: Words, base: string, traits: { readonly floating: boolean; readonly title: string | null }, acts: PanelActs) {
    this.#words = words;
    this.#ownTitle = traits.title;
    this.#composer = new Composer(words, acts);
    this.#log = new Log(words, base, {
      choose: (messageId, option) => { acts.choose(messageId, option); this.#composer.focus(); },
      sendAgain: acts.sendAgain,
    });
    const close = traits.floating
      ? el('button', { class: 'close', attributes: { type: 'button', 'aria-label': words.texts.close, title: `${words.texts.close} (Esc)` }, click: acts.close }, icon('close', 20))
      : null;
    const role = traits.floating ? { role: 'dialog', 'aria-modal': 'true' } : { role: 'region', 'aria-modal': null };
    this.element = el('section', { class: 'panel', attributes: { ...role, 'aria-labelledby': 'title', id: 'panel' } },
      el('header', { class: 'head' }, this.#initials, el('div', { class: 'names' }, this.#title, this.#with), close),
      this.#log.element, this.#bar, this.#composer.element);
    if (traits.floating) this.element.addEventListener('keydown', (event) => this.#onKey(event, acts.close));
  }

  focus(): void {
    this.#composer.focus();
    this.#log.toEnd();
  }

  draw(state: State, now: number): void {
    const title = this.#ownTitle ?? state.title ?? this.#words.texts.title;
    set(this.#title, title);
    set(this.#initials, initials(title));
    set(this.#with, partner(state, this.#words));
    this.#drawBar(state);
    this.#log.draw(state, now);
    if (state.connection === 'unavailable') this.#composer.close();
  }

  #drawBar(state: State): void {
    const { texts } = this.#words;
    const text = state.connection === 'offline' ? texts.offline : state.connection === 'unavailable' ? texts.unavailable : '';
    set(this.#bar, text);
    this.#bar.hidden = text === '';
  }

  #onKey(event: KeyboardEvent, close: () => void): void {
    if (event.key === 'Escape') { event.stopPropagation(); return close(); }
    if (event.key !== 'Tab') return;
    const stops = [...this.element.querySelectorAll<HTMLElement>('button, textarea, a[href], [tabindex="0"]')]
      .filter((stop) => !stop.hidden && !stop.matches(':disabled'));
    const root = this.element.getRootNode();
    const active = root instanceof ShadowRoot ? root.activeElement : document.activeElement;
    const [from, to] = event.shiftKey ? [stops[0], stops[stops.length - 1]] : [stops[stops.length - 1], stops[0]];
    if (active === from) { event.preventDefault(); to?.focus(); }
  }
}

/** The square that opens the floating panel, with what waits unread. */
export class Launcher {
  readonly element: HTMLButtonElement;
  readonly #words: Words;
  readonly #badge = el('span', { class: 'badge', attributes: { 'aria-hidden': 'true', hidden: '' } });

  constructor(words: Words, open: () => void) {
    this.#words = words;
    this.element = el('button', { class: 'launcher', attributes: { type: 'button', 'aria-haspopup': 'dialog', 'aria-expanded': 'false' }, click: open }, icon('chat', 24), this.#badge);
  }

  draw(state: State, isOpen: boolean): void {
    const count = unread(state);
    this.element.hidden = isOpen;
    this.element.setAttribute('aria-expanded', String(isOpen));
    this.element.setAttribute('aria-label', count ? this.#words.unread(count) : this.#words.texts.open);
    this.#badge.hidden = count === 0;
    set(this.#badge, count > 99 ? '99+' : String(count));
  }
}

function set(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Who answers at present: the person who wrote last, or the bot. */
function partner(state: State, words: Words): string {
  if (state.connection === 'connecting') return words.texts.connecting;
  const others = state.entries.filter((entry) => entry.from !== 'contact');
  const last = others[others.length - 1];
  if (!last) return '';
  return last.name ?? (last.from === 'agent' ? words.texts.agent : words.texts.bot);
}

function initials(title: string): string {
  const names = title.split(/\s+/).filter((name) => name !== '');
  return [...names.slice(0, 1), ...names.slice(1).slice(-1)].map((name) => name.slice(0, 1).toUpperCase()).join('');
}
