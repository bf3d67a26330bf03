// What happened to the conversation, in one quiet line: who, why, where, when.
import { IconAlertCircle, IconCircleCheck, IconClock, IconLock, IconRobot, IconRoute, IconTransfer, IconUserCheck, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EventItem } from './types';
import { moment, type Clock } from './words';

const icons: Record<string, Icon> = {
  queued: IconClock,
  taken: IconUserCheck,
  transferred: IconTransfer,
  finished: IconCircleCheck,
  flow_started: IconRoute,
  flow_ended: IconRoute,
  flow_failed: IconAlertCircle,
  bot_returned: IconRobot,
};

export function SystemEvent({ item, me, clock }: { item: EventItem; me: string; clock: Clock }) {
  const { t, i18n } = useTranslation('inbox');
  const Drawing = icons[item.what] ?? IconClock;
  const text = (name: string) => named(item.data[name]);
  const where = item.where !== null && i18n.exists(`where.${item.where}`, { ns: 'inbox' }) ? t(`where.${item.where}`) : null;
  const sentence = useSentence(item, me);
  const error = item.what === 'flow_failed' ? text('error') : null;
  const parts = [sentence, useReason(item), error, where, moment(item.at, clock)].filter((part) => part !== null && part !== '');
  const note = item.what === 'queued' ? text('note') : null; // a transfer's note is a note of its own
  return (
    <>
      <p className={`inbox-event${item.what === 'flow_failed' ? ' bad' : ''}`}>
        <Drawing size={15} aria-hidden />
        <span>{parts.join(' · ')}</span>
      </p>
      {note !== null && <Noted text={note} by={item.by?.name ?? null} />}
    </>
  );
}

function Noted({ text, by }: { text: string; by: string | null }) {
  const { t } = useTranslation('inbox');
  return (
    <div className="inbox-note">
      <div className="inbox-note-head"><IconLock size={14} aria-hidden /><b>{t('compose.note')}</b>{by !== null && <span> · {by.split(' ')[0]}</span>}</div>
      <div className="inbox-words">{text}</div>
    </div>
  );
}

/** People's reasons are their words; the machine's are codes, some with the thing they are about. */
function useReason(item: EventItem): string | null {
  const { t, i18n } = useTranslation('inbox');
  const reason = named(item.data['reason']);
  if (reason === null || (item.by !== null && item.what === 'finished')) return reason;
  const [code = '', about = ''] = reason.split(': ');
  return i18n.exists(`reason.${code}`, { ns: 'inbox' }) ? t(`reason.${code}`, { about }) : null;
}

function useSentence(item: EventItem, me: string): string {
  const { t, i18n } = useTranslation('inbox');
  const mine = item.by?.id === me;
  const who = item.by?.name ?? t('who.somebody');
  const team = named(item.data['team']);
  const flow = named(item.data['flow']);
  const to = named(item.data['member']) ?? named(item.data['owner']) ?? team ?? t('event.team');
  switch (item.what) {
    case 'queued':
      return team === null ? t('event.queuedNoTeam') : t('event.queued', { team });
    case 'taken':
      return t(mine ? 'event.taken_you' : 'event.taken', { who });
    case 'transferred':
      if (item.by === null) return t('event.transferredByFlow', { to });
      return t(mine ? 'event.transferred_you' : 'event.transferred', { who, to });
    case 'finished':
      if (item.by === null) return t('event.finishedByItself');
      return t(mine ? 'event.finished_you' : 'event.finished', { who });
    case 'flow_started':
    case 'flow_failed':
      return flow === null ? t(`event.${item.what}_noFlow`) : t(`event.${item.what}`, { flow });
    default:
      return i18n.exists(`event.${item.what}`, { ns: 'inbox' }) ? t(`event.${item.what}`, { flow: flow ?? '', who }) : item.what.replaceAll('_', ' ');
  }
}

/** A text, or the name of the thing it stands for. */
function named(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (typeof value === 'object' && value !== null && 'name' in value) return named(value.name);
  return null;
}
