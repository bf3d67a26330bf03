// One message as the visitor sees it: bubble, links, pictures, buttons, time and how far it came.

import { pieces, safeAddress } from '../links';
import { buttonsOf, type Entry, type Progress, type State } from '../state';
import type { Attachment, Option } from '../wire';
import type { Words } from '../words';
import { aside, el, icon } from './dom';

export interface BubbleActs {
  readonly choose: (messageId: string, option: Option) => void;
  readonly sendAgain: (clientId: string) => void;
}

export interface Place { readonly isFirst: boolean; readonly isLast: boolean }

export function speaker(entry: Entry, words: Words): string {
  switch (entry.from) {
    case 'contact': return words.texts.you;
    case 'bot': return entry.name ?? words.texts.bot;
    case 'agent': return entry.name ?? words.texts.agent;
  }
}

export function bubble(state: State, entry: Entry, place: Place, words: Words, base: string, acts: BubbleActs): HTMLElement {
  const own = entry.from === 'contact';
  const name = speaker(entry, words);
  const caption = !own && place.isFirst
    ? el('div', { class: 'who', attributes: { 'aria-hidden': 'true' } }, entry.from === 'bot' ? icon('robot', 14) : null, name)
    : null;
  const content = [
    ...entry.attachments.map((attachment) => shown(attachment, words, base)),
    entry.text ? el('div', { class: 'words' }, ...withLinks(entry.text, words)) : null,
  ];
  return el('div', { class: `message ${own ? 'own' : 'theirs'} ${place.isLast ? 'last' : ''}` },
    caption,
    el('div', { class: 'bubble' }, aside(`${name}: `), ...content, foot(entry, place, words)),
    entry.options.length ? buttons(state, entry, words, acts) : null,
    entry.progress === 'failed' ? failure(entry, words, acts) : null,
  );
}

function withLinks(text: string, words: Words): Node[] {
  return pieces(text).map((piece) => (piece.kind === 'text'
    ? document.createTextNode(piece.text)
    : el('a', { attributes: { href: piece.address, target: '_blank', rel: 'noopener noreferrer nofollow' } }, piece.text, aside(` (${words.texts.newTab})`))));
}

function shown({ url, mime, name }: Attachment, words: Words, base: string): HTMLElement {
  const address = safeAddress(url, base);
  const title = name || (mime.startsWith('image/') ? words.texts.picture : words.texts.file);
  if (!address) return el('div', { class: 'file' }, icon('file'), title);
  const link = { href: address, target: '_blank', rel: 'noopener noreferrer' };
  if (mime.startsWith('image/')) {
    return el('a', { class: 'picture', attributes: link }, el('img', { attributes: { src: address, alt: title, loading: 'lazy' } }));
  }
  const player = mime.startsWith('audio/') ? 'audio' : mime.startsWith('video/') ? 'video' : null;
  if (player) return el(player, { class: player, attributes: { src: address, controls: '', preload: 'metadata', 'aria-label': title } });
  return el('a', { class: 'file', attributes: link }, icon('file'), title);
}

function buttons(state: State, entry: Entry, words: Words, acts: BubbleActs): HTMLElement {
  const fate = buttonsOf(state, entry);
  const settled = fate.kind === 'settled';
  return el('div', { class: 'options', attributes: { role: 'group', title: settled ? words.texts.settled : null } },
    ...entry.options.map((option) => {
      const chosen = settled && fate.chosen === option.id;
      const button = el('button', {
        class: `option ${chosen ? 'chosen' : ''}`,
        attributes: { type: 'button' },
        click: () => acts.choose(entry.id, option),
      }, chosen ? icon('check', 14) : null, el('span', {}, option.title), chosen ? aside(`, ${words.texts.chosen}`) : null);
      button.disabled = settled;
      return button;
    }),
    settled && fate.chosen === null ? el('div', { class: 'late' }, words.texts.settled) : null);
}

function foot(entry: Entry, place: Place, words: Words): HTMLElement | null {
  const unsent = entry.progress === 'waiting' || entry.progress === 'sending';
  if (!place.isLast && !unsent) return null;
  return el('div', { class: 'foot' }, el('time', { attributes: { datetime: entry.at } }, words.time(entry.at)),
    entry.progress && entry.progress !== 'failed' ? tick(entry.progress, words) : null);
}

function tick(progress: Exclude<Progress, 'failed'>, words: Words): HTMLElement {
  const drawing = { waiting: 'clock', sending: 'clock', sent: 'check', delivered: 'checks', read: 'checks' } as const;
  const word = words.texts.progress[progress];
  return el('span', { class: `tick ${progress}`, attributes: { title: word } }, icon(drawing[progress], 14), aside(word));
}

function failure(entry: Entry, words: Words, acts: BubbleActs): HTMLElement {
  const { clientId } = entry;
  return el('div', { class: 'failure', attributes: { role: 'alert' } }, icon('alert', 14), words.texts.progress.failed,
    clientId ? el('button', { class: 'again', attributes: { type: 'button' }, click: () => acts.sendAgain(clientId) }, words.texts.sendAgain) : null);
}
