// What rows, targets and times say.
import { expect, test } from 'vitest';
import { chipsOf } from './chips';
import { matches, peopleOf, teamsOf, warningOf } from './targets';
import type { ConversationRow, Member, Team } from './types';
import { moment, recent, since } from './words';

const NOW = new Date(2026, 10, 22, 15).getTime();
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();
const row = (more: Partial<ConversationRow>): ConversationRow => ({
  id: '1', version: 1, state: 'open', contact: { id: 'c', name: 'Renata' }, channel: { id: 'h', kind: 'webchat', name: 'Site' },
  team: { slug: 'urgencia', name: 'Urgência' }, owner: null, priority: 'normal', last_message: null, unread: 0, waiting_since: null,
  queued_at: null, transferred_by: null, updated_at: ago(0), ...more,
});
const member = (name: string, more: Partial<Member> = {}): Member => ({ id: name, name, presence: 'online', open_conversations: 1, capacity: 4, ...more });
const team = (slug: string, members: Member[], open = true): Team => ({ id: slug, slug, name: slug, open, next_opening: null, queued: 0, members });

test('a row shows two chips at most, the most urgent first', () => {
  const urgent = row({ waiting_since: ago(6), transferred_by: { name: 'Joana', to_you: true }, priority: 'high' });
  expect(chipsOf(urgent, NOW).map((chip) => [chip.kind, chip.tone])).toEqual([['unanswered', 'warn'], ['transferred', 'accent']]);
  expect(chipsOf(row({ priority: 'high' }), NOW).map((chip) => chip.kind)).toEqual(['priority', 'team']);
});

test('waiting is worth a look after the limit and wrong after twice the limit', () => {
  const tones = [1, 5, 10].map((minutes) => chipsOf(row({ state: 'queued', queued_at: ago(minutes) }), NOW)[0]?.tone);
  expect(tones).toEqual(['plain', 'warn', 'bad']);
  expect(chipsOf(row({ waiting_since: ago(4) }), NOW).map((chip) => chip.kind)).toEqual(['team']);
});

test('a person in two teams is offered once, with both; those who are there and free come first', () => {
  const caio = member('Caio', { open_conversations: 3 });
  const teams = [team('a', [member('Rui', { presence: 'offline' }), caio]), team('b', [caio, member('Ana')])];
  expect(peopleOf(teams, null).map((target) => [target.member.name, target.teams.length])).toEqual([['Ana', 1], ['Caio', 2], ['Rui', 1]]);
  expect(peopleOf(teams, 'Caio').map((target) => target.member.name)).toEqual(['Ana', 'Rui']);
});

test('search finds people by name or team, whatever the accents and case', () => {
  const [target] = peopleOf([team('Recepção', [member('Lívia')])], null);
  expect(['livia', 'RECEPCAO', ' lív ', 'joana'].map((words) => matches(target!, words))).toEqual([true, true, true, false]);
});

test('the dialog warns of who is not there, is full, or closed', () => {
  const of = (more: Partial<Member>) => warningOf(peopleOf([team('a', [member('Rui', more)])], null)[0]!)?.kind;
  expect([of({}), of({ presence: 'away' }), of({ presence: 'offline' }), of({ open_conversations: 4 })]).toEqual([undefined, 'away', 'offline', 'full']);
  expect(warningOf(teamsOf([team('a', [], false)])[0]!)).toEqual({ kind: 'teamClosed', team: 'a' });
});

test('times are short where they are near', () => {
  const clock = { language: 'pt-BR', now: NOW };
  expect([0, 26 * 60, 3 * 24 * 60, 30 * 24 * 60].map((minutes) => recent(ago(minutes), clock))).toEqual(['15:00', 'ontem', 'qui.', '23/10']);
  expect([moment(ago(0), clock), moment(ago(26 * 60), clock)]).toEqual(['15:00', '21/11 13:00']);
  expect([0, 59, 60, 72, 60 * 50].map((minutes) => since(ago(minutes), NOW))).toEqual(['1 min', '59 min', '1 h', '1 h 12 min', '2 d']);
});
