// The answers the outside world gives in a made-up talk: which call of which step they are for, and what they may be.
import type { FlowNode } from '../document/flow';
import { isObject, listOf, objectOf, textOf, textsOf, type Json, type JsonObject } from '../document/json';
import type { NodeTypes } from '../document/schema';
import type { Came, World } from './rehearsal-api';

/** A call of a step; `place` counts the calls of that step from 0, `order` is what was asked. */
export type Call = { node: string; place: number; order: JsonObject };
export type Answer = { status?: number; body?: Json; reason?: string };

const CALLS = ['call_http', 'ask_ai'];

/** The calls of each turn: its orders to call, each of the step that then waited for the answer. */
export function callsOf(turns: readonly Came[], types: NodeTypes): Call[][] {
  const made = new Map<string, number>();
  const isCaller = (type: string) => textsOf(types.types[type]?.['x-effects']).some((effect) => CALLS.includes(effect));
  return turns.map((turn) => {
    const waited = turn.trace.filter((step) => step.port === null && isCaller(step.type));
    return turn.effects.filter((effect) => CALLS.includes(textOf(effect['kind']))).map((order, index) => {
      const node = waited[index]?.node ?? '';
      const place = made.get(node) ?? 0;
      made.set(node, place + 1);
      return { node, place, order };
    });
  });
}

/** What was said to a call; a list's last counts for all that follow, as in stories. */
export function answerTo(world: World, { node, place }: Call): Answer | null {
  const given = answersOf(world, node);
  const answer = given[Math.min(place, given.length - 1)];
  return answer === undefined ? null : answer;
}

/** The world in which this call is answered so, and the later ones as before. */
export function answering(world: World, { node, place }: Call, answer: Answer): World {
  const given = answersOf(world, node);
  const last = given.at(-1) ?? answer;
  const filled = Array.from({ length: Math.max(given.length, place + 1) }, (_, index) => given[index] ?? last);
  filled[place] = answer;
  return { ...world, mocks: { ...objectOf(world['mocks']), [node]: filled.map((each) => ({ ...each })) } };
}

/** The world without answers to calls that have not been made: what is not known is asked for. */
export function withAnswersTo(world: World, calls: readonly Call[]): World {
  const made = Object.keys(objectOf(world['mocks'])).flatMap((node): [string, Json][] => {
    const count = calls.filter((call) => call.node === node).length;
    return count === 0 ? [] : [[node, answersOf(world, node).slice(0, count).map((each) => ({ ...each }))]];
  });
  return { ...world, mocks: Object.fromEntries(made) };
}

function answersOf(world: World, node: string): Answer[] {
  const given = objectOf(world['mocks'])[node];
  const list = Array.isArray(given) ? given : given === undefined ? [] : [given];
  return list.filter(isObject).map((each) => ({
    ...(typeof each['status'] === 'number' ? { status: each['status'] } : {}),
    ...(each['body'] === undefined ? {} : { body: each['body'] }),
    ...(typeof each['reason'] === 'string' ? { reason: each['reason'] } : {}),
  }));
}

/** An answer that leads out by a port; the title is the port's, or a key of `simulator:answer`. */
export type Suggestion = { port: string; answer: Answer };

export function suggestionsFor(call: Call, node: FlowNode | undefined): Suggestion[] {
  const failures: Suggestion[] = [
    { port: 'failed', answer: { status: 500 } },
    { port: 'timeout', answer: { reason: 'timeout' } },
  ];
  if (call.order['kind'] === 'ask_ai') return [...ofModel(call.order), ...failures];
  const params = node?.params ?? {};
  const path = textOf(params['outcome_path']);
  const body = bodyFor(params);
  const outcomes = listOf(params['outcomes']).filter(isObject).map((outcome): Suggestion => {
    const value = textOf(outcome['value']);
    const told: Answer = path === '' ? { status: Number(value) || 200 } : { status: 200, body: placed(path, value, body) };
    return { port: textOf(outcome['id']), answer: told };
  });
  return [{ port: 'success', answer: { status: 200, body } }, ...outcomes, ...failures];
}

/** One answer for each value of the first thing that the model must choose, else one as its schema wants it. */
function ofModel(order: JsonObject): Suggestion[] {
  const schema = objectOf(order['schema'] ?? null);
  const properties = Object.entries(objectOf(schema['properties']));
  if (properties.length === 0) return [{ port: 'answer', answer: { body: '' } }];
  const usual = Object.fromEntries(properties.map(([name, of]) => [name, sampleOf(objectOf(of))]));
  const choice = properties.find(([, of]) => Array.isArray(objectOf(of)['enum']));
  if (choice === undefined) return [{ port: 'answer', answer: { body: usual } }];
  const [name, of] = choice;
  return listOf(objectOf(of)['enum'])
    .filter((value) => typeof value === 'string')
    .map((value) => ({ port: value, answer: { body: { ...usual, [name]: value } } }));
}

function sampleOf(schema: JsonObject): Json {
  const type = Array.isArray(schema['type']) ? schema['type'][0] : schema['type'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0] ?? null;
  if (type === 'number' || type === 'integer') return 1;
  if (type === 'boolean') return true;
  if (type === 'array') return [];
  return type === 'object' ? {} : '';
}

/** A body with something at each place the step reads from. */
function bodyFor(params: JsonObject): Json {
  return listOf(params['response']).filter(isObject).reduce<Json>((body, kept) => placed(textOf(kept['path']), example(textOf(kept['type'])), body), {});
}

function example(type: string): Json {
  const of: Record<string, Json> = { number: 1, integer: 1, yes_no: true, list: [], date: '2026-01-31', time: '09:00' };
  return of[type] ?? '';
}

/** The body with the value at a plain path such as $.order.items[0].price; as it was where the path is not plain. */
export function placed(path: string, value: Json, body: Json): Json {
  if (!/^\$(\.[A-Za-z_][\w-]*|\[\d+\])*$/.test(path)) return body;
  const keys = [...path.matchAll(/\.([\w-]+)|\[(\d+)\]/g)].map(([, name, index]) => name ?? Number(index));
  return put(keys, value, body);
}

function put(keys: (string | number)[], value: Json, into: Json): Json {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (typeof key === 'string') {
    const object = isObject(into) ? into : {};
    return { ...object, [key]: put(rest, value, object[key] ?? null) };
  }
  const list = Array.isArray(into) ? [...into] : [];
  list[key] = put(rest, value, list[key] ?? null);
  return Array.from(list, (each) => each ?? null);
}
