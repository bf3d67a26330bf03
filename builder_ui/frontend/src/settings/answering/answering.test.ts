// Who answers, by order, hours and starts.
import { describe, expect, it } from 'vitest';
import { answerersAt, moved, plain, standingOf, takenWords, type Clock, type Listener, type Start } from './answering';

const OPEN: Clock = { hours: { slug: 'padrao', name: 'Padrão', open: true } };
const ALWAYS: Clock = { hours: null };
const any: Start = { event: 'message.received', first: false, terms: [], match: 'contains', conditional: false };
const word = (...terms: string[]): Start => ({ ...any, event: 'keyword', terms });

function listener(name: string, more: Partial<Listener> = {}): Listener {
  return { id: name, flow: name, name, live: true, stopped: false, hours: 'always', any_message: true, keywords: [], starts: [any], ...more };
}

describe('where several listen to any message', () => {
  const [day, night, all] = [listener('dia', { hours: 'inside' }), listener('noite', { hours: 'outside' }), listener('sempre')];

  it('the first that listens at that time answers', () => {
    expect(answerersAt([night, day, all], 'inside', OPEN).map((each) => each.name)).toEqual(['dia']);
    expect(answerersAt([night, day, all], 'outside', OPEN).map((each) => each.name)).toEqual(['noite']);
    expect(answerersAt([all, night, day], 'outside', OPEN).map((each) => each.name)).toEqual(['sempre']);
  });

  it('one after others that take its hours never answers, and is told who does', () => {
    expect(standingOf([day, night, all], 2, OPEN)).toEqual({ kind: 'never', by: ['dia', 'noite'] });
    expect(standingOf([day, all], 1, OPEN)).toEqual({ kind: 'partly', time: 'inside', by: 'dia' });
    expect(standingOf([night, day], 1, OPEN)).toEqual({ kind: 'answers' });
    expect(standingOf([all, listener('outro')], 1, OPEN)).toEqual({ kind: 'never', by: ['sempre'] });
  });

  it('one that answers under a condition leaves the rest to the next', () => {
    const picky = listener('vip', { starts: [{ ...any, conditional: true }] });
    expect(answerersAt([picky, all], 'inside', OPEN)).toEqual([
      { name: 'vip', conditional: true, first: false },
      { name: 'sempre', conditional: false, first: false },
    ]);
    expect(standingOf([picky, all], 1, OPEN)).toEqual({ kind: 'answers' });
  });

  it('one for first messages alone comes before those for any, wherever it stands', () => {
    const first = listener('olá', { starts: [{ ...any, first: true }] });
    expect(answerersAt([all, first], 'inside', OPEN).map((each) => each.name)).toEqual(['olá', 'sempre']);
    expect(standingOf([all, first], 1, OPEN)).toEqual({ kind: 'answers' });
  });

  it('without hours nothing is ever outside', () => {
    expect(standingOf([night, day], 0, ALWAYS)).toEqual({ kind: 'never_open' });
    expect(standingOf([night, day], 1, ALWAYS)).toEqual({ kind: 'answers' });
  });
});

describe('a flow that takes no other message', () => {
  it('is started by its keywords, the channel’s or its own', () => {
    expect(standingOf([listener('boleto', { any_message: false, keywords: ['boleto'] })], 0, OPEN)).toEqual({ kind: 'keywords' });
    expect(standingOf([listener('boleto', { starts: [word('boleto')] })], 0, OPEN)).toEqual({ kind: 'keywords' });
  });

  it('and has none is started by nothing', () => {
    expect(standingOf([listener('mudo', { any_message: false })], 0, OPEN)).toEqual({ kind: 'deaf' });
  });

  it('and is stopped is not asked, nor does it keep others out', () => {
    const listeners = [listener('parado', { stopped: true }), listener('outro')];
    expect([0, 1].map((place) => standingOf(listeners, place, OPEN).kind)).toEqual(['stopped', 'answers']);
  });

  it('and is not on air is not asked', () => {
    expect(standingOf([listener('rascunho', { live: false, keywords: ['oi'] })], 0, OPEN)).toEqual({ kind: 'draft' });
  });
});

describe('keywords', () => {
  it('that an earlier flow has, whatever their case and signs, are that one’s', () => {
    const [one, other] = [listener('um', { keywords: ['Segunda-via!'] }), listener('dois', { starts: [word('segunda via', 'pix')] })];
    expect(takenWords([one, other], 1, OPEN)).toEqual([{ word: 'segunda via', by: 'um' }]);
    expect(takenWords([{ ...one, hours: 'inside' }, other], 1, OPEN)).toEqual([]);
  });

  it('are compared by their words', () => {
    expect(plain('  Já: 2ª VIA! ')).toBe('ja 2ª via');
  });
});

describe('the order', () => {
  it('changes by one flow at a time', () => {
    expect([moved(['a', 'b', 'c'], 2, 0), moved(['a', 'b'], 0, 1), moved(['a', 'b'], 0, -1)]).toEqual([['c', 'a', 'b'], ['b', 'a'], ['a', 'b']]);
  });
});
