// How a timeline is drawn, and what is still on its way.
import { afterEach, expect, test, vi } from 'vitest';
import { keepToken } from '../api';
import { notYetIn, sendAgain, sendReply, useOutgoing } from './outgoing';
import { draw, lastSeen } from './thread';
import type { EventItem, Item, MessageItem, TraceItem } from './types';

const message = (id: string, at: string, more: Partial<MessageItem> = {}): MessageItem => (
  { kind: 'message', id, at, author: 'contact', by: null, text: id, status: 'received', ...more });
const event = (id: string, at: string, what: string): EventItem => ({ kind: 'event', id, at, what, by: null, where: null, data: {} });
const outgoing = () => useOutgoing.getState().messages;

afterEach(() => {
  useOutgoing.setState({ messages: [] });
  vi.unstubAllGlobals();
});

test('each day and each new conversation begins with a rule', () => {
  const items: Item[] = [
    message('a', '2026-11-20T12:00:00Z'), message('b', '2026-11-20T12:01:00Z'),
    event('c', '2026-11-22T12:00:00Z', 'opened'), message('d', '2026-11-22T12:00:01Z'),
  ];
  expect(draw(items).map((drawn) => drawn.kind)).toEqual(['day', 'message', 'message', 'opened', 'message']);
});

test('messages of one speaker that follow each other are closed up', () => {
  const agent = (id: string, who: string) => message(id, '2026-11-22T12:00:00Z', { author: 'agent', by: { id: who, name: who } });
  const drawn = draw([agent('a', 'x'), agent('b', 'x'), agent('c', 'y')]);
  expect(drawn.flatMap((one) => (one.kind === 'message' ? [one.follows] : []))).toEqual([false, true, false]);
});

test('what a chatbot did stands in one card until a person has a part in it', () => {
  const trace = (id: string, at: string): TraceItem => (
    { kind: 'trace', id, at, until: at, flow: { name: 'f', number: 1 }, steps: [{ at, node: id, type: 'menu', label: id, text: null, answer: null, port: null }] });
  const at = (second: number) => `2026-11-22T12:00:0${second}Z`;
  const items: Item[] = [
    trace('a', at(0)), message('b', at(1)), { ...event('c', at(1), 'queued'), where: 'flow' }, trace('d', at(2)),
    { ...event('e', at(3), 'taken'), where: 'inbox' }, trace('f', at(4)),
  ];
  const cards = draw(items).flatMap((one) => (one.kind === 'trace' ? [one.item] : []));
  expect(cards.map((card) => [card.id, card.at, card.steps.map((step) => step.node)])).toEqual([['d', at(0), ['a', 'd']], ['f', at(4), ['f']]]);
});

test('what a sender has seen is the last message, not what happened after it', () => {
  expect(lastSeen([message('a', '2026-11-22T12:00:00Z'), event('b', '2026-11-22T12:00:01Z', 'taken')])).toBe('a');
  expect(lastSeen([])).toBeNull();
});

test('a reply is shown while it is on its way, and once when it has arrived', async () => {
  keepToken('token');
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{}', { status: 201 })));
  sendReply('k', 'oi', null);
  expect(notYetIn([], outgoing(), 'k').map((one) => one.fate.kind)).toEqual(['sending']);
  await vi.waitFor(() => expect(outgoing()[0]?.fate.kind).toBe('sent'));
  const arrived = message('m', '2026-11-22T12:00:00Z', { client_id: outgoing()[0]!.clientId });
  expect(notYetIn([arrived], outgoing(), 'k')).toEqual([]);
});

test('a reply that failed is sent again under the same id, and no longer asks what was seen', async () => {
  keepToken('token');
  const bodies: { client_id: string; seen?: string }[] = [];
  const answers = [new Response('{"code":"colleague_replied","by":{"name":"Joana"}}', { status: 409 }), new Response('{}', { status: 201 })];
  vi.stubGlobal('fetch', (_path: string, init: RequestInit) => {
    bodies.push(JSON.parse(String(init.body)) as { client_id: string });
    return Promise.resolve(answers.shift());
  });
  sendReply('k', 'oi', 'm7');
  await vi.waitFor(() => expect(outgoing()[0]?.fate).toMatchObject({ kind: 'failed', code: 'colleague_replied', colleague: 'Joana' }));
  sendAgain(outgoing()[0]!);
  await vi.waitFor(() => expect(outgoing()[0]?.fate.kind).toBe('sent'));
  expect(bodies.map((body) => body.seen)).toEqual(['m7', undefined]);
  expect(new Set(bodies.map((body) => body.client_id)).size).toBe(1);
});
