// One visitor's conversation: holds the state, sends what was written once and in order, follows the stream.

import type { Api, Posted } from './api';
import { NoSession } from './api';
import type { Keeper } from './memory';
import { after, beginning, lastFromOthers, pending, type Draft, type Entry, type Happening, type State } from './state';
import { backOff, Stream, type ServerEvent } from './stream';
import { readLive } from './wire';

const TYPING_LASTS = 8_000; // the server repeats the sign while somebody still types
const TYPING_EVERY = 4_000;
const OVERTAKEN = 1_500; // an agent's sign this soon after a message was sent before it
const TRIES = 5; // then the message is shown as not sent, with "send again"
const RECEIPT_AFTER = 300;

export interface Surroundings {
  readonly now: () => number;
  readonly newId: () => string;
  readonly isOnline: () => boolean;
  readonly wait: (length: number) => Promise<void>;
}

export class Chat {
  #state: State;
  #token: string | null;
  #listeners = new Set<(state: State) => void>();
  #stream: Stream | null = null;
  #starting: Promise<void> | null = null;
  #sending = false;
  #reported = { delivered: '', read: '' };
  #receiptTimer: ReturnType<typeof setTimeout> | undefined;
  #typedAt = -Infinity;
  #agentWroteAt = -Infinity;
  #wake: (() => void) | null = null;

  readonly #api: Api;
  readonly #keeper: Keeper;
  readonly #around: Surroundings;

  constructor(api: Api, keeper: Keeper, around: Surroundings) {
    this.#api = api;
    this.#keeper = keeper;
    this.#around = around;
    const memory = keeper.load();
    this.#token = memory.token;
    this.#state = memory.outbox.reduce((state, draft) => after(state, { kind: 'written', draft }), beginning(memory.readUpTo));
  }

  get state(): State {
    return this.#state;
  }

  /** A visitor who has talked here before. */
  get isKnown(): boolean {
    return this.#token !== null;
  }

  watch(listener: (state: State) => void): void {
    this.#listeners.add(listener);
  }

  /** Opens or resumes the session and follows it; calling it again does nothing. */
  start(): Promise<void> {
    this.#starting ??= this.#begin();
    return this.#starting;
  }

  say(text: string): void {
    const clean = text.trim();
    if (clean) this.#write({ text: clean, choice: null, inReplyTo: null });
  }

  choose(messageId: string, option: { readonly id: string; readonly title: string }): void {
    this.#write({ text: option.title, choice: option.id, inReplyTo: messageId });
  }

  sendAgain(clientId: string): void {
    this.#happen({ kind: 'progressed', clientId, progress: 'waiting' });
    void this.#send();
  }

  shown(): void { this.#happen({ kind: 'shown' }); }

  hidden(): void { this.#happen({ kind: 'hidden' }); }

  /** The network or the page came back: do not wait for the back-off. */
  hurry(): void {
    this.#stream?.hurry();
    this.#wake?.();
    if (this.#starting) void this.#send();
  }

  /** The device says that the network is gone. */
  lost(): void { this.#stream?.drop(); }

  typed(): void {
    const now = this.#around.now();
    if (this.#token === null || now - this.#typedAt < TYPING_EVERY) return;
    this.#typedAt = now;
    this.#api.typing(this.#token).catch(() => undefined);
  }

  async #begin(): Promise<void> {
    this.#happen({ kind: 'connection', connection: 'connecting' });
    const position = await this.#resume().catch(() => null);
    if (position === null) return;
    this.#stream = new Stream(position, {
      open: (lastEventId, signal) => this.#api.events(this.#token ?? '', lastEventId, signal),
      took: (event) => this.#take(event),
      state: (online) => this.#happen({ kind: 'connection', connection: online ? 'online' : 'offline' }),
      renew: () => this.#resume(),
    });
    void this.#stream.run();
    void this.#send();
  }

  /** Gets a session, however long that takes; throws only where the server knows no such chat. */
  async #resume(): Promise<string> {
    for (let tries = 1; ; tries += 1) {
      try {
        const session = await this.#api.session(this.#token);
        this.#token = session.token;
        this.#keeper.save({ token: session.token });
        this.#happen({ kind: 'resumed', messages: session.messages, title: session.title, greeting: session.greeting });
        return session.position;
      } catch (problem) {
        if (problem instanceof NoSession && problem.status === 401) this.#token = null;
        if (problem instanceof NoSession && (problem.status === 403 || problem.status === 404)) {
          this.#happen({ kind: 'connection', connection: 'unavailable' });
          throw problem;
        }
        this.#happen({ kind: 'connection', connection: 'offline' });
        await this.#pause(backOff(tries, 0.5));
      }
    }
  }

  #take(event: ServerEvent): void {
    const live = readLive(event.event, parsed(event.data));
    if (!live) return;
    switch (live.kind) {
      case 'message':
        if (live.message.from === 'agent') this.#agentWroteAt = this.#around.now();
        return this.#happen({ kind: 'arrived', message: live.message });
      case 'typing':
        if (live.who === 'agent' && this.#around.now() - this.#agentWroteAt < OVERTAKEN) return;
        void this.#around.wait(TYPING_LASTS).then(() => this.#happen({ kind: 'ticked', now: this.#around.now() }));
        return this.#happen({ kind: 'typing', who: live.who, name: live.name, until: this.#around.now() + TYPING_LASTS });
      case 'receipt':
        return this.#happen({ kind: 'progressed', clientId: live.clientId, progress: live.status });
    }
  }

  #write(content: Pick<Draft, 'text' | 'choice' | 'inReplyTo'>): void {
    const draft = { ...content, clientId: this.#around.newId(), at: new Date(this.#around.now()).toISOString() };
    this.#happen({ kind: 'written', draft });
    void this.start();
    void this.#send();
  }

  /** Sends what waits, one after the other, so that the order written is the order received. */
  async #send(): Promise<void> {
    if (this.#sending || this.#token === null) return;
    this.#sending = true;
    try {
      for (let next = this.#next(); next; next = this.#next()) await this.#sendOne(next);
    } finally {
      this.#sending = false;
    }
  }

  #next(): Draft | null {
    return pending(this.#state).filter((entry) => entry.progress === 'waiting').flatMap(draftOf)[0] ?? null;
  }

  async #sendOne(draft: Draft): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      this.#happen({ kind: 'progressed', clientId: draft.clientId, progress: 'sending' });
      const posted: Posted = await this.#api.post(this.#token ?? '', draft);
      if (posted === 'taken') return this.#happen({ kind: 'progressed', clientId: draft.clientId, progress: 'sent' });
      const arrivedMeanwhile = !pending(this.#state).some((entry) => entry.clientId === draft.clientId);
      if (arrivedMeanwhile) return;
      const isHopeless = posted === 'refused' || (tries >= TRIES && this.#around.isOnline());
      if (isHopeless) return this.#happen({ kind: 'progressed', clientId: draft.clientId, progress: 'failed' });
      this.#happen({ kind: 'progressed', clientId: draft.clientId, progress: 'waiting' });
      if (posted === 'unknown visitor') await this.#resume().catch(() => undefined);
      else await this.#pause(backOff(tries, 0.5));
    }
  }

  #pause(length: number): Promise<void> {
    return Promise.race([this.#around.wait(length), new Promise<void>((resolve) => { this.#wake = resolve; })]);
  }

  #happen(happening: Happening): void {
    const before = this.#state;
    this.#state = after(before, happening);
    if (this.#state === before) return;
    if (this.#state.readUpTo !== before.readUpTo) this.#keeper.save({ readUpTo: this.#state.readUpTo });
    if (this.#state.entries !== before.entries) this.#keeper.save({ outbox: pending(this.#state).flatMap(draftOf) });
    this.#reportLater();
    this.#listeners.forEach((listener) => listener(this.#state));
  }

  #reportLater(): void {
    clearTimeout(this.#receiptTimer);
    this.#receiptTimer = setTimeout(() => this.#report(), RECEIPT_AFTER);
  }

  /** Tells the server how far others' messages were received, and read where the panel is in view. */
  #report(): void {
    const last = lastFromOthers(this.#state);
    const status = this.#state.shown ? 'read' : 'delivered';
    if (!last || this.#token === null || this.#reported[status] === last.id || this.#reported.read === last.id) return;
    this.#reported[status] = last.id;
    this.#api.receipt(this.#token, last.id, status).catch(() => { this.#reported[status] = ''; });
  }
}

function draftOf({ clientId, text, choice, inReplyTo, at }: Entry): Draft[] {
  return clientId === null ? [] : [{ clientId, text, choice, inReplyTo, at }];
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
