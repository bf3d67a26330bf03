// Reasons in words: every key they lead to is in the catalogue.
import { expect, test } from 'vitest';
import texts from '../i18n/en/simulator.json';
import { isObject, type Json } from '../document/json';
import type { Step } from './rehearsal-api';
import { whyOf } from './why';

const step = (type: string, port: string | null, why = '', answer: Json = null): Step => ({ node: 'x', type, port, why, answer });

test.each([
  [step('menu', 'vendas', 'by synonym'), 'by.synonym', {}],
  [step('question', null, 'no answer: talvez'), 'noAnswer', { text: 'talvez' }],
  [step('question', 'invalid', 'talvez'), 'invalid', { text: 'talvez' }],
  [step('question', 'answered', '', 42), 'read', { answer: '42' }],
  [step('menu', 'no_reply'), 'noReply', {}],
  [step('condition', 'vip', 'É VIP'), 'holds', {}],
  [step('condition', 'else'), 'else', {}],
  [step('http_request', 'failed', 'status 503 status'), 'status', { status: '503' }],
  [step('http_request', 'failed', 'timeout timeout'), 'timeout', {}],
  [step('message', 'next', 'nothing there: vars.nome'), 'absent', { names: 'vars.nome' }],
  [step('end', null, 'vendido'), 'ends', { text: 'vendido' }],
  [step('message', 'next', 'something new'), 'asIs', { text: 'something new' }],
])('%o', (passed, key, words) => {
  const why = whyOf(passed);
  expect(why?.key).toBe(key);
  expect(why?.words).toMatchObject(words);
  const text = key.split('.').reduce<unknown>((all, part) => (isObject(all) ? all[part] : undefined), texts.why);
  expect(text).toEqual(expect.any(String));
});

test('a step that only goes on needs no reason', () => {
  expect(whyOf(step('message', 'next'))).toBeNull();
});
