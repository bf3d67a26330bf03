// Answers from outside: which call they are for, what is forgotten when time is turned back, what leads out by which port.
import { describe, expect, test } from 'vitest';
import { types } from '../test/types';
import { answering, answerTo, callsOf, placed, suggestionsFor, withAnswersTo, type Call } from './mocks';
import type { Came } from './rehearsal-api';

const turn = (...nodes: string[]): Came => ({
  exchange: {},
  messages: [],
  effects: nodes.map((node) => ({ kind: 'call_http', url: `https://loja.example/${node}` })),
  trace: nodes.map((node) => ({ node, type: 'http_request', port: null, why: '', answer: null })),
  variables: {},
  answers: {},
  state: 'bot',
  team: null,
  now: '2026-01-05T13:00:00Z',
  waits_at: null,
  next_timer: null,
  status: 'open',
  outcome: null,
  error: null,
});
const call = (node: string, place: number): Call => ({ node, place, order: { kind: 'call_http' } });

test('calls are counted by step through all turns', () => {
  const calls = callsOf([turn('a', 'b'), turn('a')], types).flat();
  expect(calls.map(({ node, place }) => [node, place])).toEqual([['a', 0], ['b', 0], ['a', 1]]);
});

describe('answers', () => {
  const world = answering(answering({}, call('a', 0), { status: 503 }), call('a', 1), { body: 1 });

  test('are given to the calls in their order, the last to all that follow', () => {
    expect([0, 1, 2].map((place) => answerTo(world, call('a', place)))).toEqual([{ status: 503 }, { body: 1 }, { body: 1 }]);
    expect(answerTo(world, call('b', 0))).toBeNull();
  });

  test('a later one changes nothing before it', () => {
    const later = answering(answering({}, call('a', 0), { status: 200 }), call('a', 2), { status: 500 });
    expect([0, 1, 2].map((place) => answerTo(later, call('a', place))?.status)).toEqual([200, 200, 500]);
  });

  test('to calls that are undone are forgotten', () => {
    expect(withAnswersTo(world, [call('a', 0)])).toEqual({ mocks: { a: [{ status: 503 }] } });
    expect(withAnswersTo(world, [])).toEqual({ mocks: {} });
  });
});

describe('suggestions', () => {
  const params = {
    url: 'x',
    outcome_path: '$.result.code',
    outcomes: [{ id: 'none', title: 'Sem', value: 'SEM' }],
    response: [{ path: '$.items[0].price', save_to: 'preco', type: 'number' }],
  };

  test('fill what the step reads, and say the word that leads to each outcome', () => {
    const found = suggestionsFor(call('a', 0), { id: 'a', type: 'http_request', params });
    expect(found.map(({ port }) => port)).toEqual(['success', 'none', 'failed', 'timeout']);
    expect(found[0]?.answer).toEqual({ status: 200, body: { items: [{ price: 1 }] } });
    expect(found[1]?.answer.body).toEqual({ items: [{ price: 1 }], result: { code: 'SEM' } });
  });

  test('are statuses where the status tells the outcome', () => {
    const node = { id: 'a', type: 'http_request', params: { url: 'x', outcomes: [{ id: 'none', title: 'Sem', value: '404' }] } };
    expect(suggestionsFor(call('a', 0), node)[1]).toEqual({ port: 'none', answer: { status: 404 } });
  });

  test('of a model are one for each value it may choose', () => {
    const schema = { properties: { class: { enum: ['vendas', 'suporte', null] }, sure: { type: 'boolean' } } };
    const found = suggestionsFor({ node: 'a', place: 0, order: { kind: 'ask_ai', schema } }, undefined);
    expect(found[1]).toEqual({ port: 'suporte', answer: { body: { class: 'suporte', sure: true } } });
  });
});

test('what is no plain path is left alone', () => {
  expect(placed('$..price', 1, { a: 1 })).toEqual({ a: 1 });
});
