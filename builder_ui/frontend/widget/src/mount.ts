// Puts the chat into the page: shadow root, launcher or inline panel, and what the page does to it.

import { apiAt } from './api';
import { Chat } from './chat';
import { newId } from './ids';
import { keeperIn, storageOf } from './memory';
import type { Options } from './options';
import { unread } from './state';
import { dress } from './tokens';
import { el } from './view/dom';
import { Launcher, Panel } from './view/panel';
import { wordsIn } from './words';

export interface Handle { readonly open: () => void; readonly close: () => void }

export function mount(options: Options, beside: Element | null): Handle {
  const words = wordsIn(options.language);
  const chat = new Chat(apiAt(options.address, options), keeperIn(storageOf(window), `chat:${options.address}`), {
    now: Date.now,
    newId,
    isOnline: () => navigator.onLine,
    wait: (length) => new Promise((resolve) => setTimeout(resolve, length)),
  });

  const floating = options.mode.kind === 'floating';
  let isOpen = !floating;
  const panel = new Panel(words, options.base, { floating, title: options.title }, {
    say: (text) => chat.say(text),
    typed: () => chat.typed(),
    choose: (messageId, option) => chat.choose(messageId, option),
    sendAgain: (clientId) => chat.sendAgain(clientId),
    close: () => close(),
  });
  const launcher = new Launcher(words, () => open());
  const root = el('div', { class: `root ${options.mode.kind}`, attributes: { lang: options.language, 'data-theme': options.theme } });
  const pageTitle = new PageTitle();

  function draw(): void {
    launcher.draw(chat.state, isOpen);
    if (isOpen) panel.draw(chat.state, Date.now());
    pageTitle.show(document.hidden ? unread(chat.state) : 0);
  }

  function look(): void {
    if (isOpen && !document.hidden) chat.shown();
    else chat.hidden();
    draw();
  }

  function open(): void {
    if (isOpen) return;
    isOpen = true;
    root.append(panel.element);
    void chat.start();
    look();
    panel.focus();
  }

  function close(): void {
    if (!isOpen || !floating) return;
    isOpen = false;
    panel.element.remove();
    look();
    launcher.element.focus();
  }

  chat.watch(draw);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) chat.hurry(); look(); });
  window.addEventListener('online', () => chat.hurry());
  window.addEventListener('offline', () => chat.lost());
  followKeyboard(root);
  place(root, options, beside);

  if (floating) root.append(launcher.element);
  else root.append(panel.element);
  look();
  if (!floating || chat.isKnown) void chat.start();
  if (options.mode.kind === 'floating' && options.mode.isOpen) open();
  return { open, close };
}

function place(root: HTMLElement, { mode }: Options, beside: Element | null): void {
  const host = el('div', { attributes: { 'data-flowengine-chat': '' } });
  const shadow = host.attachShadow({ mode: 'open' });
  dress(shadow);
  shadow.append(root);
  const into = mode.kind === 'inline' && mode.into ? document.querySelector(mode.into) : null;
  if (into) into.append(host);
  else if (mode.kind === 'inline' && beside) beside.after(host);
  else document.body.append(host);
  if (mode.kind === 'inline') host.style.setProperty('display', 'block');
  if (mode.kind === 'inline') host.style.setProperty('height', '100%');
}

/** On phones the keyboard covers the page without resizing it: keep the panel to what is seen. */
function followKeyboard(root: HTMLElement): void {
  const view = window.visualViewport;
  view?.addEventListener('resize', () => root.style.setProperty('--seen', `${view.height}px`));
}

/** The unread count before the page's own title, only while the page is out of sight. */
class PageTitle {
  #own: string | null = null;

  show(count: number): void {
    if (count > 0) {
      this.#own ??= document.title;
      document.title = `(${count}) ${this.#own}`;
    } else if (this.#own !== null) {
      document.title = this.#own;
      this.#own = null;
    }
  }
}
