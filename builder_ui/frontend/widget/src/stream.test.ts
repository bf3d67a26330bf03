// The stream of events: cut anywhere, and followed again from where it broke.
import { expect, test, vi } from 'vitest';
import { backOff, EventCutter, Stream, type ServerEvent } from './stream';

const TEXT = ': sign of life\n\nevent: message\nid: 7\ndata: {"a":\ndata: 1}\n\nevent: typing\r\ndata: {}\r\n\r\nretry: 5\ndata: x\n\n';
const EVENTS: ServerEvent[] = [
  { event: 'message', id: '7', data: '{"a":\n1}' },
  { event: 'typing', id: null, data: '{}' },
  { event: 'message', id: null, data: 'x' },
];

test('a stream gives the same events wherever the network cuts it', () => {
  for (let size = 1; size <= TEXT.length; size += 1) {
    const cutter = new EventCutter();
    const cuts = Array.from({ length: Math.ceil(TEXT.length / size) }, (_, index) => TEXT.slice(index * size, (index + 1) * size));
    expect(cuts.flatMap((piece) => cutter.push(piece))).toEqual(EVENTS);
  }
});

test('an event that was not finished is not given', () => {
  expect(new EventCutter().push('event: message\ndata: half\n')).toEqual([]);
});

test('the wait between tries grows to half a minute and never vanishes', () => {
  expect([1, 2, 3, 10].map((tries) => backOff(tries, 1))).toEqual([1000, 2000, 4000, 30_000]);
  expect(backOff(1, 0)).toBe(500);
});

test('a broken stream is followed again from the last event taken', async () => {
  vi.useFakeTimers();
  const asked: (string | null)[] = [];
  const taken: string[] = [];
  const answers = [new Response('id: 8\ndata: one\n\n'), new Response('id: 9\ndata: two\n\n')];
  const stream: Stream = new Stream('7', {
    open: (lastEventId) => {
      asked.push(lastEventId);
      const answer = answers.shift();
      return answer ? Promise.resolve(answer) : new Promise(() => undefined);
    },
    took: (event) => taken.push(event.data),
    state: () => undefined,
    renew: () => Promise.reject(new Error('not asked for')),
  });
  void stream.run();
  await vi.advanceTimersByTimeAsync(10_000);
  stream.stop();
  vi.useRealTimers();

  expect(asked).toEqual(['7', '8', '9']);
  expect(taken).toEqual(['one', 'two']);
});

test('a token the server forgot is renewed and the new position followed', async () => {
  vi.useFakeTimers();
  const asked: (string | null)[] = [];
  const answers = [new Response('', { status: 401 })];
  const stream = new Stream('7', {
    open: (lastEventId) => {
      asked.push(lastEventId);
      const answer = answers.shift();
      return answer ? Promise.resolve(answer) : new Promise(() => undefined);
    },
    took: () => undefined,
    state: () => undefined,
    renew: () => Promise.resolve('100'),
  });
  void stream.run();
  await vi.advanceTimersByTimeAsync(5_000);
  stream.stop();
  vi.useRealTimers();

  expect(asked).toEqual(['7', '100']);
});
