// Sending: once, in order, through failures and reloads.
import { expect, test } from 'vitest';
import { NoSession, type Api, type Posted } from './api';
import { Chat, type Surroundings } from './chat';
import { keeperIn, type Keeper } from './memory';
import type { Draft } from './state';
import type { Message } from './wire';

class Server implements Api {
  readonly posted: string[] = [];
  readonly tokens: (string | null)[] = [];
  messages: Message[] = [];
  #answers: Posted[];

  constructor(...answers: Posted[]) {
    this.#answers = answers;
  }

  session = (token: string | null) => {
    this.tokens.push(token);
    return Promise.resolve({ token: `token ${this.tokens.length}`, title: null, greeting: null, messages: this.messages, position: '1' });
  };

  post = (_token: string, draft: Draft) => {
    this.posted.push(draft.clientId);
    return Promise.resolve(this.#answers.shift() ?? 'taken');
  };

  events = () => new Promise<Response>(() => undefined);
  receipt = () => Promise.resolve();
  typing = () => Promise.resolve();
}

class Drawer {
  kept: string | null = null;
  getItem = () => this.kept;
  setItem = (_name: string, value: string) => { this.kept = value; };
}

function surroundings(): Surroundings {
  let count = 0;
  return { now: () => 0, newId: () => `c${(count += 1)}`, isOnline: () => true, wait: () => Promise.resolve() };
}

const keeper = (drawer = new Drawer()): Keeper => keeperIn(drawer, 'chat');
const settle = () => new Promise((resolve) => { setTimeout(resolve, 20); });
const fates = (chat: Chat) => chat.state.entries.map((entry) => [entry.clientId, entry.progress]);

test('messages leave one after the other in the order written', async () => {
  const server = new Server('no answer');
  const chat = new Chat(server, keeper(), surroundings());
  chat.say('um');
  chat.say('dois');
  await settle();
  expect(server.posted).toEqual(['c1', 'c1', 'c2']);
  expect(fates(chat)).toEqual([['c1', 'sent'], ['c2', 'sent']]);
});

test('a message is tried again under the same id, so that the server can tell it is the same', async () => {
  const server = new Server('no answer', 'no answer');
  new Chat(server, keeper(), surroundings()).say('oi');
  await settle();
  expect(new Set(server.posted)).toEqual(new Set(['c1']));
});

test('after five tries a message is shown as not sent and can be sent again', async () => {
  const server = new Server(...Array.from({ length: 5 }, (): Posted => 'no answer'));
  const chat = new Chat(server, keeper(), surroundings());
  chat.say('oi');
  await settle();
  expect(fates(chat)).toEqual([['c1', 'failed']]);
  chat.sendAgain('c1');
  await settle();
  expect(fates(chat)).toEqual([['c1', 'sent']]);
  expect(server.posted).toEqual(Array.from({ length: 6 }, () => 'c1'));
});

test('a refused message fails at once and does not hold up the next', async () => {
  const server = new Server('refused');
  const chat = new Chat(server, keeper(), surroundings());
  chat.say('um');
  chat.say('dois');
  await settle();
  expect(fates(chat)).toEqual([['c1', 'failed'], ['c2', 'sent']]);
});

test('what was not sent survives a reload and leaves under its old id', async () => {
  const drawer = new Drawer();
  const away: Api = Object.assign(new Server(), { post: () => new Promise<Posted>(() => undefined) });
  new Chat(away, keeper(drawer), surroundings()).say('oi');
  await settle();

  const server = new Server();
  const chat = new Chat(server, keeper(drawer), surroundings());
  await chat.start();
  await settle();
  expect(server.tokens).toEqual(['token 1']);
  expect(server.posted).toEqual(['c1']);
  expect(fates(chat)).toEqual([['c1', 'sent']]);
});

test('a visitor the server does not know gets a new token and the message is sent with it', async () => {
  const server = new Server('unknown visitor');
  const chat = new Chat(server, keeper(), surroundings());
  chat.say('oi');
  await settle();
  expect(server.tokens).toEqual([null, 'token 1']);
  expect(fates(chat)).toEqual([['c1', 'sent']]);
});

test('a chat the server does not have is said to be unavailable and not asked for again', async () => {
  let asked = 0;
  const none: Api = Object.assign(new Server(), { session: () => { asked += 1; return Promise.reject(new NoSession(404)); } });
  const chat = new Chat(none, keeper(), surroundings());
  await chat.start();
  expect([chat.state.connection, asked]).toEqual(['unavailable', 1]);
});

test('blank text is nothing to send', async () => {
  const server = new Server();
  new Chat(server, keeper(), surroundings()).say('  \n ');
  await settle();
  expect(server.posted).toEqual([]);
});
