// What the chat knows after each thing that happens.
import { expect, test } from 'vitest';
import { after, beginning, buttonsOf, pending, unread, type Draft, type Happening, type State } from './state';
import type { Message } from './wire';

const AT = '2026-11-22T12:00:00Z';
const from = (who: Message['from'], id: string, more: Partial<Message> = {}): Message => (
  { id, from: who, name: null, text: id, options: [], attachments: [], at: AT, clientId: null, status: null, ...more });
const draft = (clientId: string, more: Partial<Draft> = {}): Draft => ({ clientId, text: clientId, choice: null, inReplyTo: null, at: AT, ...more });
const happened = (...happenings: Happening[]): State => happenings.reduce(after, beginning(null));
const arrived = (message: Message): Happening => ({ kind: 'arrived', message });
const written = (clientId: string, more: Partial<Draft> = {}): Happening => ({ kind: 'written', draft: draft(clientId, more) });
const progressed = (clientId: string, progress: 'waiting' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed'): Happening => ({ kind: 'progressed', clientId, progress });
const resumed = (...messages: Message[]): Happening => ({ kind: 'resumed', messages, title: null, greeting: null });

test('a message that comes twice is shown once', () => {
  const state = happened(arrived(from('bot', 'm1')), arrived(from('bot', 'm1')));
  expect(state.entries.map((entry) => entry.id)).toEqual(['m1']);
});

test('the echo of an own message takes the place of the one drawn while sending', () => {
  const state = happened(written('c1'), arrived(from('bot', 'm1')), arrived(from('contact', 'm2', { clientId: 'c1', status: 'sent' })));
  expect(state.entries.map((entry) => entry.id)).toEqual(['m2', 'm1']);
  expect(pending(state)).toEqual([]);
});

test('what was written in another tab is shown once, and what became of it is known', () => {
  const echo = arrived(from('contact', 'e1', { clientId: 'c1', status: 'sent' }));
  const state = happened(echo, arrived(from('bot', 'm1')), progressed('c1', 'read'), arrived(from('contact', 'm2', { clientId: 'c1', status: 'sent' })));
  expect(state.entries.map((entry) => [entry.id, entry.progress])).toEqual([['m2', 'read'], ['m1', null]]);
});

test('writing the same thing twice with one id is one message', () => {
  expect(happened(written('c1'), written('c1')).entries).toHaveLength(1);
});

test('delivery never goes backwards, whatever order the news comes in', () => {
  const state = happened(written('c1'), progressed('c1', 'read'), progressed('c1', 'sent'), progressed('c1', 'delivered'));
  expect(state.entries[0]?.progress).toBe('read');
});

test('a message given up can still turn out to have arrived', () => {
  expect(happened(written('c1'), progressed('c1', 'failed'), progressed('c1', 'sent')).entries[0]?.progress).toBe('sent');
});

test('after a reload the conversation is the server\'s, with what is still to send at the end', () => {
  const state = happened(written('c1'), written('c2'), resumed(from('bot', 'm1'), from('contact', 'm2', { clientId: 'c1' })));
  expect(state.entries.map((entry) => entry.id)).toEqual(['m1', 'm2', 'c2']);
  expect(pending(state).map((entry) => entry.clientId)).toEqual(['c2']);
});

test('what others wrote is unread until the panel is shown', () => {
  const before = happened(arrived(from('bot', 'm1')), arrived(from('agent', 'm2')), written('c1'));
  expect(unread(before)).toBe(2);
  const shown = after(before, { kind: 'shown' });
  expect([unread(shown), shown.readUpTo]).toEqual([0, 'm2']);
  expect(unread(after(after(shown, { kind: 'hidden' }), arrived(from('bot', 'm3'))))).toBe(1);
});

test('buttons are open until the visitor says something, then show which was pressed', () => {
  const menu = from('bot', 'm1', { options: [{ id: 'a', title: 'Vendas' }, { id: 'b', title: 'Suporte' }] });
  const fate = (state: State) => buttonsOf(state, state.entries[0]!);
  expect(fate(happened(arrived(menu), arrived(from('bot', 'm2'))))).toEqual({ kind: 'open' });
  expect(fate(happened(arrived(menu), written('c1', { choice: 'b', inReplyTo: 'm1' })))).toEqual({ kind: 'settled', chosen: 'b' });
  expect(fate(happened(arrived(menu), written('c1', { text: 'outra coisa' })))).toEqual({ kind: 'settled', chosen: null });
  expect(fate(happened(resumed(menu, from('contact', 'm2', { text: 'Vendas' }))))).toEqual({ kind: 'settled', chosen: 'a' });
});

test('the typing sign ends with the message or with its time', () => {
  const typing = happened({ kind: 'typing', who: 'agent', name: 'Marina', until: 50 });
  expect(after(typing, arrived(from('agent', 'm1'))).typing).toBeNull();
  expect(after(typing, arrived(from('contact', 'm1'))).typing?.name).toBe('Marina');
  expect(after(typing, { kind: 'ticked', now: 49 }).typing?.name).toBe('Marina');
  expect(after(typing, { kind: 'ticked', now: 50 }).typing).toBeNull();
});
