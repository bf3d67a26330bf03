// Server-sent events over fetch, so that the visitor's token travels in a header; reconnects where it left off.

export interface ServerEvent { readonly event: string; readonly id: string | null; readonly data: string }

/** Cuts a stream that arrives in arbitrary pieces into events; comments only count as a sign of life. */
export class EventCutter {
  #rest = '';
  #event = '';
  #id: string | null = null;
  #data: string[] = [];

  push(piece: string): ServerEvent[] {
    const lines = (this.#rest + piece).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    return lines.flatMap((line) => this.#take(line));
  }

  #take(line: string): ServerEvent[] {
    if (line === '') return this.#dispatch();
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') this.#event = value;
    if (field === 'data') this.#data.push(value);
    if (field === 'id' && !value.includes('\0')) this.#id = value;
    return [];
  }

  #dispatch(): ServerEvent[] {
    const events = this.#data.length ? [{ event: this.#event || 'message', id: this.#id, data: this.#data.join('\n') }] : [];
    this.#event = '';
    this.#id = null;
    this.#data = [];
    return events;
  }
}

const QUIET = 40_000; // two of the server's 15 s signs of life missed, and a bit
const LONGEST = 30_000;

/** How long to wait before try number `tries`, in ms; half of it is chance, so that a restart is not met by all at once. */
export function backOff(tries: number, chance: number): number {
  const whole = Math.min(LONGEST, 1000 * 2 ** Math.max(0, tries - 1));
  return whole / 2 + (whole / 2) * chance;
}

export interface StreamListener {
  readonly open: (lastEventId: string | null, signal: AbortSignal) => Promise<Response>;
  readonly took: (event: ServerEvent) => void;
  readonly state: (online: boolean) => void;
  /** The server does not know this token or position any more; resolves once there is a new session. */
  readonly renew: () => Promise<string>;
}

/** Keeps one stream open until stopped. */
export class Stream {
  #position: string;
  #listener: StreamListener;
  #abort: AbortController | null = null;
  #wake: (() => void) | null = null;
  #stopped = false;
  #tries = 0;

  constructor(position: string, listener: StreamListener) {
    this.#position = position;
    this.#listener = listener;
  }

  async run(): Promise<void> {
    while (!this.#stopped) {
      try {
        await this.#follow();
      } catch {
        // Whatever broke it, the answer is the same: say so, wait, connect again.
      }
      if (this.#stopped) return;
      this.#listener.state(false);
      this.#tries += 1;
      await this.#pause(backOff(this.#tries, Math.random()));
    }
  }

  /** Try at once: the network came back or the page came into view. */
  hurry(): void {
    this.#wake?.();
  }

  /** Lets go of a connection that is known to be dead, before its silence would tell. */
  drop(): void {
    this.#abort?.abort();
  }

  stop(): void {
    this.#stopped = true;
    this.#abort?.abort();
    this.#wake?.();
  }

  async #follow(): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    let watchdog = setTimeout(() => abort.abort(), QUIET);
    try {
      const response = await this.#listener.open(this.#position || null, abort.signal);
      if (response.status === 401 || response.status === 410) {
        this.#position = await this.#listener.renew();
        this.#tries = 0;
        return;
      }
      if (!response.ok || !response.body) throw new Error(`stream answered ${response.status}`);
      this.#listener.state(true);
      const reader = response.body.getReader();
      const decoder = new TextDecoder();
      const cutter = new EventCutter();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        this.#tries = 0;
        clearTimeout(watchdog);
        watchdog = setTimeout(() => abort.abort(), QUIET);
        cutter.push(decoder.decode(value, { stream: true })).forEach((event) => this.#take(event));
      }
    } finally {
      clearTimeout(watchdog);
    }
  }

  #take(event: ServerEvent): void {
    this.#listener.took(event);
    if (event.id) this.#position = event.id;
  }

  #pause(length: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, length);
      this.#wake = () => { clearTimeout(timer); resolve(); };
    });
  }
}
