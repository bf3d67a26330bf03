// Where a conversation can go: teams and people, found by name, with what would follow.
import type { Member, Team } from './types';

export type PersonTarget = { kind: 'person'; id: string; member: Member; teams: Team[] };
export type TeamTarget = { kind: 'team'; id: string; team: Team };
export type Target = PersonTarget | TeamTarget;

const order = { online: 0, away: 1, offline: 2 };

/** Each person once, with all teams of that person; those who are there and least busy first. */
export function peopleOf(teams: readonly Team[], except: string | null): PersonTarget[] {
  const people = new Map<string, PersonTarget>();
  for (const team of teams) {
    for (const member of team.members) {
      const known = people.get(member.id);
      people.set(member.id, { kind: 'person', id: `person ${member.id}`, member, teams: [...(known?.teams ?? []), team] });
    }
  }
  return [...people.values()]
    .filter(({ member }) => member.id !== except)
    .sort((one, other) => order[one.member.presence] - order[other.member.presence]
      || one.member.open_conversations - other.member.open_conversations
      || one.member.name.localeCompare(other.member.name));
}

export function teamsOf(teams: readonly Team[]): TeamTarget[] {
  return teams.map((team) => ({ kind: 'team', id: `team ${team.slug}`, team }));
}

const folded = (text: string) => text.normalize('NFD').replace(/\p{Mn}/gu, '').toLowerCase();

export function matches(target: Target, search: string): boolean {
  const words = target.kind === 'team' ? target.team.name : [target.member.name, ...target.teams.map((team) => team.name)].join(' ');
  return folded(words).includes(folded(search.trim()));
}

export type Warning =
  | { kind: 'offline' | 'away'; name: string }
  | { kind: 'full'; name: string; capacity: number }
  | { kind: 'teamClosed'; team: string };

/** What the sender should know before handing over to this target. */
export function warningOf(target: Target): Warning | null {
  if (target.kind === 'team') return target.team.open ? null : { kind: 'teamClosed', team: target.team.name };
  const { name, presence, open_conversations: open, capacity } = target.member;
  if (presence !== 'online') return { kind: presence, name };
  return open >= capacity ? { kind: 'full', name, capacity } : null;
}
