// The list of messages: draws only what changed, keeps the reader's place, and says when something newer waits below.

import type { Entry, State } from '../state';
import { sameDay, type Words } from '../words';
import { bubble, speaker, type BubbleActs } from './bubble';
import { aside, el, icon } from './dom';

const NEAR_END = 48;
const TOGETHER = 5 * 60_000; // messages of one speaker this close share one time

export class Log {
  readonly element: HTMLElement;
  #scroller: HTMLElement;
  #list: HTMLElement;
  #newer: HTMLElement;
  #typing: HTMLElement;
  #drawn = new Map<string, { readonly signature: string; readonly element: HTMLElement }>();
  #last = '';
  #greeting = el('div', { class: 'greeting' });

  readonly #words: Words;
  readonly #base: string;
  readonly #acts: BubbleActs;

  constructor(words: Words, base: string, acts: BubbleActs) {
    this.#words = words;
    this.#base = base;
    this.#acts = acts;
    this.#list = el('div', { class: 'list', attributes: { role: 'log', 'aria-live': 'polite', 'aria-label': words.texts.log, 'aria-busy': 'true' } });
    this.#typing = el('div', { class: 'typing', attributes: { role: 'status' } });
    this.#scroller = el('div', { class: 'scroller', attributes: { tabindex: '0', role: 'region', 'aria-label': words.texts.log } }, this.#greeting, this.#list, this.#typing);
    this.#newer = el('button', { class: 'newer', attributes: { type: 'button', hidden: '' }, click: () => this.toEnd() }, icon('down', 14), words.texts.newer);
    this.#scroller.addEventListener('scroll', () => { if (this.#isAtEnd()) this.#newer.hidden = true; }, { passive: true });
    this.element = el('div', { class: 'log' }, this.#scroller, this.#newer);
  }

  draw(state: State, now: number): void {
    const wasAtEnd = this.#isAtEnd();
    this.#drawGreeting(state);
    const rows = state.entries.flatMap((entry, index) => this.#row(state, entry, index, now));
    this.#arrange(rows);
    this.#drawTyping(state);
    if (state.resumed) this.#list.setAttribute('aria-busy', 'false');

    const last = state.entries[state.entries.length - 1];
    const grew = last !== undefined && (last.clientId ?? last.id) !== this.#last;
    this.#last = last ? last.clientId ?? last.id : '';
    if (wasAtEnd || (grew && last?.from === 'contact')) this.toEnd();
    else if (grew) this.#newer.hidden = false;
  }

  toEnd(): void {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#newer.hidden = true;
  }

  #isAtEnd(): boolean {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR_END;
  }

  #drawGreeting(state: State): void {
    const text = state.entries.length ? '' : state.greeting ?? this.#words.texts.hello;
    if (this.#greeting.textContent !== text) this.#greeting.textContent = text;
    this.#greeting.hidden = text === '';
  }

  #row(state: State, entry: Entry, index: number, now: number): HTMLElement[] {
    const before = state.entries[index - 1];
    const next = state.entries[index + 1];
    const newDay = !before || !sameDay(before.at, entry.at);
    const place = { isFirst: newDay || !before || !this.#together(before, entry, false), isLast: !next || !this.#together(entry, next, true) };
    const later = entry.options.length > 0 ? state.entries.slice(index + 1).filter((one) => one.from === 'contact').map((one) => one.id) : [];
    const signature = JSON.stringify([entry, place, later.length > 0 ? later : null]);
    const rule = newDay ? [this.#kept(`day ${entry.clientId ?? entry.id}`, this.#words.day(entry.at, now), (day) => el('div', { class: 'day' }, day))] : [];
    return [...rule, this.#kept(entry.clientId ?? entry.id, signature, () => bubble(state, entry, place, this.#words, this.#base, this.#acts))];
  }

  #together(one: Entry, next: Entry, byTime: boolean): boolean {
    const close = !byTime || Date.parse(next.at) - Date.parse(one.at) < TOGETHER;
    return close && speaker(one, this.#words) === speaker(next, this.#words) && sameDay(one.at, next.at);
  }

  #kept(key: string, signature: string, make: (signature: string) => HTMLElement): HTMLElement {
    const known = this.#drawn.get(key);
    if (known?.signature === signature) return known.element;
    const element = make(signature);
    this.#drawn.set(key, { signature, element });
    return element;
  }

  /** Puts the rows in order, touching only those that are new or moved, so that a reader's voice and focus stay. */
  #arrange(rows: readonly HTMLElement[]): void {
    const keep = new Set<Node>(rows);
    [...this.#list.childNodes].filter((node) => !keep.has(node)).forEach((node) => node.remove());
    rows.forEach((row, index) => {
      const there = this.#list.childNodes[index];
      if (there !== row) this.#list.insertBefore(row, there ?? null);
    });
  }

  #drawTyping(state: State): void {
    const { typing } = state;
    const name = typing && (typing.name ?? (typing.who === 'bot' ? this.#words.texts.bot : this.#words.texts.agent));
    if (this.#typing.dataset.name === (name ?? '')) return;
    this.#typing.dataset.name = name ?? '';
    this.#typing.replaceChildren(...(name === null ? [] : [
      el('span', { class: 'dots', attributes: { 'aria-hidden': 'true' } }, el('i'), el('i'), el('i')), aside(this.#words.typing(name)),
    ]));
  }
}
