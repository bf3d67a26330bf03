// Where the visitor writes: grows with the text, Enter sends, Shift+Enter breaks the line.

import type { Words } from '../words';
import { el, icon } from './dom';

const TALLEST = 132;

export class Composer {
  readonly element: HTMLFormElement;
  readonly #field: HTMLTextAreaElement;
  readonly #button: HTMLButtonElement;
  readonly #say: (text: string) => void;

  constructor(words: Words, acts: { readonly say: (text: string) => void; readonly typed: () => void }) {
    this.#say = acts.say;
    this.#field = el('textarea', { attributes: { rows: '1', maxlength: '4000', 'aria-label': words.texts.write, placeholder: words.texts.write, enterkeyhint: 'send' } });
    this.#button = el('button', { class: 'send', attributes: { type: 'submit', 'aria-label': words.texts.send, title: words.texts.send } }, icon('send', 18));
    this.element = el('form', { class: 'composer' }, this.#field, this.#button);

    this.element.addEventListener('submit', (event) => { event.preventDefault(); this.#send(); });
    this.#field.addEventListener('keydown', (event) => {
      const sends = event.key === 'Enter' && !event.shiftKey && !event.isComposing;
      if (sends) { event.preventDefault(); this.#send(); }
    });
    this.#field.addEventListener('input', () => {
      this.#fit();
      if (this.#field.value.trim()) acts.typed();
    });
    this.#fit();
  }

  focus(): void {
    this.#field.focus({ preventScroll: true });
  }

  close(): void {
    this.#field.disabled = true;
    this.#button.disabled = true;
  }

  #send(): void {
    const text = this.#field.value;
    if (!text.trim()) return;
    this.#field.value = '';
    this.#fit();
    this.#say(text);
    this.focus();
  }

  #fit(): void {
    this.#button.classList.toggle('ready', this.#field.value.trim() !== '');
    this.#field.style.setProperty('height', 'auto');
    this.#field.style.setProperty('height', `${Math.min(this.#field.scrollHeight, TALLEST)}px`);
  }
}
