// What the inbox hears from the API: conversations, their timeline, teams.
import type { JsonObject } from '../document/json';

export type View = 'new' | 'mine' | 'others' | 'pending' | 'bot' | 'finished';
export type ConversationState = 'bot' | 'queued' | 'open' | 'pending' | 'finished';
export type Person = { id: string; name: string };
export type Author = 'contact' | 'bot' | 'agent';
export type Status = 'received' | 'queued' | 'sent' | 'delivered' | 'read' | 'failed' | 'cancelled';

export type ConversationRow = {
  id: string;
  version: number;
  state: ConversationState;
  contact: Person;
  channel: { id: string; kind: string; name: string };
  team: { slug: string; name: string };
  owner: Person | null;
  priority: 'normal' | 'high';
  last_message: { text: string; author: Author; at: string } | null;
  unread: number;
  waiting_since: string | null;
  queued_at: string | null;
  transferred_by: { name: string; to_you: boolean } | null;
  updated_at: string;
};

export type Contact = Person & {
  email: string | null;
  phone: string | null;
  tags: string[];
  fields: JsonObject;
  identities: { channel: string; external_id: string }[];
  created_at: string;
  conversations: { id: string; state: ConversationState; opened_at: string; finished_at: string | null }[];
};

export type Conversation = Omit<ConversationRow, 'contact'> & {
  contact: Contact;
  tags: string[];
  may: { take: boolean; write: boolean; transfer: boolean; finish: boolean };
  flow: { name: string; number: number } | null;
};

export type Counts = Record<'new' | 'mine' | 'others' | 'pending' | 'bot', number>;
export type Page = { conversations: ConversationRow[]; counts: Counts; next: string | null };

export type Attachment = { url: string; mime: string; name: string };

export type MessageItem = {
  kind: 'message';
  id: string;
  at: string;
  author: Author;
  by: Person | null;
  text: string | null;
  options?: { id: string; title: string }[];
  attachments?: Attachment[];
  status: Status;
  error?: string | null;
  client_id?: string | null;
};

export type NoteItem = { kind: 'note'; id: string; at: string; by: Person | null; text: string };

export type EventItem = {
  kind: 'event';
  id: string;
  at: string;
  what: string;
  by: Person | null;
  where: string | null;
  data: Record<string, unknown>;
};

export type TraceStep = { at: string; node: string; type: string; label: string; text: string | null; answer: string | null; port: string | null };
export type TraceItem = { kind: 'trace'; id: string; at: string; until: string; flow: { name: string; number: number } | null; steps: TraceStep[] };

export type Item = MessageItem | NoteItem | EventItem | TraceItem;
export type TimelinePage = { items: Item[]; more: boolean };

export type Member = Person & { presence: 'online' | 'away' | 'offline'; open_conversations: number; capacity: number };
export type Team = { id: string; slug: string; name: string; open: boolean; next_opening: string | null; queued: number; members: Member[] };
