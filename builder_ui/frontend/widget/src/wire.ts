// What the server says, read from JSON without trusting its shape.

export type Sender = 'contact' | 'bot' | 'agent';
export type Delivery = 'sent' | 'delivered' | 'read' | 'failed';

export interface Option { readonly id: string; readonly title: string }
export interface Attachment { readonly url: string; readonly mime: string; readonly name: string }

export interface Message {
  readonly id: string;
  readonly from: Sender;
  readonly name: string | null;
  readonly text: string;
  readonly options: readonly Option[];
  readonly attachments: readonly Attachment[];
  readonly at: string;
  readonly clientId: string | null;
  readonly status: Delivery | null;
}

export interface Session {
  readonly token: string;
  readonly title: string | null;
  readonly greeting: string | null;
  readonly messages: readonly Message[];
  readonly position: string;
}

export type Live =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'typing'; readonly who: 'bot' | 'agent'; readonly name: string | null }
  | { readonly kind: 'receipt'; readonly clientId: string; readonly status: Delivery };

type Fields = { readonly [name: string]: unknown };

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const textOrNull = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function present<Value>(value: Value | null): value is Value {
  return value !== null;
}

function readOption(value: unknown): Option | null {
  if (!isFields(value) || typeof value.id !== 'string') return null;
  return { id: value.id, title: textOrNull(value.title) ?? value.id };
}

function readAttachment(value: unknown): Attachment | null {
  if (!isFields(value) || typeof value.url !== 'string') return null;
  return { url: value.url, mime: text(value.mime), name: text(value.name) };
}

function readDelivery(value: unknown): Delivery | null {
  switch (value) {
    case 'sent': case 'delivered': case 'read': case 'failed': return value;
    case 'received': return 'sent'; // the desk's word for a contact's message that has arrived
    default: return null;
  }
}

export function readMessage(value: unknown): Message | null {
  if (!isFields(value) || typeof value.id !== 'string') return null;
  const from = value.from;
  if (from !== 'contact' && from !== 'bot' && from !== 'agent') return null;
  return {
    id: value.id,
    from,
    name: textOrNull(value.name),
    text: text(value.text),
    options: list(value.options).map(readOption).filter(present),
    attachments: list(value.attachments).map(readAttachment).filter(present),
    at: text(value.at),
    clientId: textOrNull(value.client_id),
    status: readDelivery(value.status),
  };
}

/** A text that may come as one string or by language. */
function inLanguage(value: unknown, language: string): string | null {
  return isFields(value) ? textOrNull(value[language]) ?? textOrNull(value['pt-BR']) : textOrNull(value);
}

export function readSession(value: unknown, language: string): Session | null {
  if (!isFields(value) || typeof value.token !== 'string') return null;
  return {
    token: value.token,
    title: inLanguage(value.title, language),
    greeting: inLanguage(value.greeting, language),
    messages: list(value.messages).map(readMessage).filter(present),
    position: text(value.position),
  };
}

/** What one event of the stream means, or null for kinds a later server may send. */
export function readLive(event: string, data: unknown): Live | null {
  if (event === 'message') {
    const message = readMessage(data);
    return message && { kind: 'message', message };
  }
  if (!isFields(data)) return null;
  if (event === 'typing' && (data.who === 'bot' || data.who === 'agent')) {
    return { kind: 'typing', who: data.who, name: textOrNull(data.name) };
  }
  const status = readDelivery(data.status);
  if (event === 'receipt' && typeof data.id === 'string' && status) {
    return { kind: 'receipt', clientId: data.id, status };
  }
  return null;
}
