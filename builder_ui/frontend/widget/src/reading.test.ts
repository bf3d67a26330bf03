// Reading what comes from outside: messages, links, the script tag's attributes, kept memory.
import { expect, test } from 'vitest';
import { pieces, safeAddress } from './links';
import { keeperIn, NOTHING } from './memory';
import { readOptions } from './options';
import { readLive, readMessage } from './wire';
import { chooseLanguage, wordsIn } from './words';

const links = (text: string) => pieces(text).flatMap((piece) => (piece.kind === 'link' ? [piece.address] : []));

test('addresses become links without the punctuation of the sentence', () => {
  expect(links('Veja https://a.example/b?c=1. Ou (www.d.example), ou eu@e.example!')).toEqual([
    'https://a.example/b?c=1', 'https://www.d.example/', 'mailto:eu@e.example']);
  expect(pieces('Veja https://a.example.').map((piece) => piece.text).join('')).toBe('Veja https://a.example.');
});

test('an address that would run something is no link', () => {
  expect(links('javascript:alert(1) data:text/html,x')).toEqual([]);
  expect([safeAddress('javascript:alert(1)'), safeAddress('//x.example', 'https://a.example')]).toEqual([null, 'https://x.example/']);
});

test('a message without id or sender is not one, and odd parts are left out', () => {
  expect(readMessage({ from: 'bot' })).toBeNull();
  expect(readMessage({ id: '1', from: 'nobody' })).toBeNull();
  expect(readMessage({ id: '1', from: 'bot', text: 5, options: [{ id: 'a' }, 3], attachments: 'x' })).toMatchObject({
    text: '', options: [{ id: 'a', title: 'a' }], attachments: [] });
});

test('kinds of events a later server may send are passed over', () => {
  expect([readLive('weather', {}), readLive('typing', { who: 'cat' }), readLive('receipt', { id: 'c', status: 'lost' })]).toEqual([null, null, null]);
});

test('the script tag says where the server is and how to open', () => {
  const page = { lang: 'en-GB', languages: ['pt-BR'] };
  expect(readOptions('https://h.example/x/widget.js?v=1', { key: 'K', open: '' }, page)).toMatchObject({
    address: 'https://h.example/x/webchat/K', base: 'https://h.example/x/', language: 'en', mode: { kind: 'floating', isOpen: true } });
  expect(readOptions('https://h.example/widget.js', { key: 'K', inline: '#box' }, page)?.mode).toEqual({ kind: 'inline', into: '#box' });
  expect(readOptions('https://h.example/widget.js', {}, page)).toBeNull();
});

test('the first language we speak wins, else Portuguese', () => {
  expect([chooseLanguage(undefined, 'de', 'en-US'), chooseLanguage('pt'), chooseLanguage('de', '')]).toEqual(['en', 'pt-BR', 'pt-BR']);
});

test('days are named as people name them', () => {
  const now = new Date(2026, 10, 22, 15).getTime();
  const { day } = wordsIn('pt-BR');
  expect([new Date(2026, 10, 22, 1), new Date(2026, 10, 21, 23), new Date(2026, 7, 12)].map((at) => day(at.toISOString(), now))).toEqual([
    'Hoje', 'Ontem', 'quarta-feira, 12 de agosto']);
});

test('what somebody else wrote into the storage is not believed', () => {
  const storage = { getItem: () => '{"token": 5, "outbox": [{"clientId": 1}, {"clientId": "c", "text": "oi"}]}', setItem: () => undefined };
  expect(keeperIn(storage, 'x').load()).toMatchObject({ token: null, outbox: [{ clientId: 'c', text: 'oi' }] });
  expect(keeperIn({ ...storage, getItem: () => 'no JSON' }, 'x').load()).toEqual(NOTHING);
});
