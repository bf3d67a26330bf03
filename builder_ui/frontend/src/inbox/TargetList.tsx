// The people and teams of the transfer dialog: presence, load, opening and queue in fixed columns.
import { IconUsers } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar, Presence } from '../ui/Avatar';
import { Chip } from '../ui/Chip';
import type { PersonTarget, TeamTarget } from './targets';
import { hour, recent, sameDay, type Clock } from './words';

type Props = {
  people: PersonTarget[];
  teams: TeamTarget[];
  chosen: string | null;
  onChoose: (id: string) => void;
  search: string;
  me: string;
  current: string;
  clock: Clock;
};

export function TargetList({ people, teams, chosen, onChoose, search, me, current, clock }: Props) {
  const { t } = useTranslation('inbox');
  const pick = { chosen, onChoose };
  return (
    <div className="inbox-targets" role="radiogroup" aria-label={t('transfer.title')}>
      {people.length + teams.length === 0 && <p className="inbox-targets-none muted">{t('transfer.nobody', { search })}</p>}
      {people.length > 0 && <Head first={t('transfer.people')} second={t('transfer.presence')} third={t('transfer.load')} />}
      {people.map(({ id, member, teams: theirs }) => (
        <Choice key={id} id={id} {...pick}>
          <Avatar name={member.name} />
          <span className="grow">
            <span className="ell inbox-target-name">{member.name}{member.id === me && <span className="muted"> · {t('transfer.you')}</span>}</span>
            <span className="ell sm muted inbox-target-name">{theirs.map((team) => team.name).join(' · ')}</span>
          </span>
          <span className="inbox-target-2 sm"><Presence is={member.presence} />{t(`common:presence.${member.presence}`)}</span>
          <Load open={member.open_conversations} capacity={member.capacity} />
        </Choice>
      ))}
      {teams.length > 0 && <Head first={t('transfer.teams')} second={t('transfer.hours')} third={t('transfer.queue')} />}
      {teams.map(({ id, team }) => (
        <Choice key={id} id={id} {...pick}>
          <span className="inbox-target-icon muted"><IconUsers size={18} aria-hidden /></span>
          <span className="grow ell inbox-target-name">{team.name}{team.slug === current && <span className="sm muted"> · {t('transfer.current')}</span>}</span>
          <span className="inbox-target-2">
            {team.open ? <Chip tone="ok">{t('transfer.open')}</Chip> : <Chip tone="warn">{team.next_opening === null ? t('transfer.closed') : t('transfer.opensAt', { at: opening(team.next_opening, clock) })}</Chip>}
          </span>
          <span className="inbox-target-3 sm num">{t('transfer.inQueue', { count: team.queued })}</span>
        </Choice>
      ))}
    </div>
  );
}

function Head({ first, second, third }: { first: string; second: string; third: string }) {
  return <div className="inbox-targets-head" aria-hidden><span className="grow">{first}</span><span className="inbox-target-2">{second}</span><span className="inbox-target-3">{third}</span></div>;
}

type ChoiceProps = { id: string; chosen: string | null; onChoose: (id: string) => void; children: ReactNode };

function Choice({ id, chosen, onChoose, children }: ChoiceProps) {
  return (
    <label className={`inbox-target${id === chosen ? ' on' : ''}`}>
      <input type="radio" name="target" checked={id === chosen} onChange={() => onChoose(id)} />
      {children}
    </label>
  );
}

function Load({ open, capacity }: { open: number; capacity: number }) {
  const { t } = useTranslation('inbox');
  const blocks = Math.min(capacity, 8); // what the column holds; the figures beside it are exact
  const filled = capacity === 0 ? 0 : Math.min(blocks, Math.ceil((open / capacity) * blocks));
  return (
    <span className="inbox-target-3">
      <span className={`inbox-load${open >= capacity ? ' full' : ''}`} aria-hidden>
        {Array.from({ length: blocks }, (_, block) => <i key={block} className={block < filled ? 'on' : ''} />)}
      </span>
      <span className="sm num nowrap">{t('transfer.loadOf', { open, capacity })}</span>
    </span>
  );
}

function opening(at: string, clock: Clock): string {
  return sameDay(at, clock.now) ? hour(at, clock) : `${recent(at, clock)} ${hour(at, clock)}`;
}
