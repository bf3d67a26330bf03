// One conversation in the list: who, when, the last words, and why it matters now.
import { IconAlertCircle, IconClock, IconTransfer } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Avatar } from '../ui/Avatar';
import { Chip } from '../ui/Chip';
import { ChannelMark } from './ChannelMark';
import { chipsOf, type RowChip } from './chips';
import { nameOf } from './names';
import type { ConversationRow } from './types';
import { recent, since, type Clock } from './words';

type Props = { row: ConversationRow; to: string; selected: boolean; fresh: boolean; me: string; clock: Clock };

export const Row = memo(function Row({ row, to, selected, fresh, me, clock }: Props) {
  const { t } = useTranslation('inbox');
  const last = row.last_message;
  const name = nameOf(row.contact, t);
  const speaker = last === null || last.author === 'contact' ? null : t(last.author === 'bot' ? 'row.bot' : row.owner?.id === me ? 'row.you' : 'row.agent');
  return (
    <li className={`inbox-row${selected ? ' on' : ''}${row.unread > 0 ? ' unread' : ''}${fresh ? ' fresh' : ''}`}>
      <Link to={to} aria-current={selected ? 'true' : undefined} data-conversation={row.id}>
        <Avatar name={name} mark={<ChannelMark kind={row.channel.kind} />} />
        <span className="inbox-row-words">
          <span className="inbox-row-1">
            <span className="inbox-row-name ell" title={name}>{name}</span>
            <time className="xs muted num" dateTime={last?.at ?? row.updated_at}>{recent(last?.at ?? row.updated_at, clock)}</time>
          </span>
          <span className="inbox-row-2">
            {speaker !== null && <span className="muted">{speaker}</span>}
            <span className="inbox-row-text ell">{last === null ? t('row.noMessage') : last.text || t('row.attachment')}</span>
            {row.unread > 0 && (
              <span className="inbox-unread num" aria-label={t('row.unread', { count: row.unread })}>{row.unread > 99 ? '99+' : row.unread}</span>
            )}
          </span>
          <span className="inbox-row-3">
            {chipsOf(row, clock.now).map((chip) => (
              <ChipOf key={chip.kind} chip={chip} now={clock.now} />
            ))}
          </span>
        </span>
      </Link>
    </li>
  );
});

function ChipOf({ chip, now }: { chip: RowChip; now: number }) {
  const { t } = useTranslation('inbox');
  switch (chip.kind) {
    case 'unanswered':
    case 'queued':
      return <Chip tone={chip.tone}><IconClock size={12} /><span className="ell">{t(`chip.${chip.kind}`, { since: since(chip.since, now) })}</span></Chip>;
    case 'transferred':
      return <Chip tone={chip.tone}><IconTransfer size={12} /><span className="ell">{t('chip.transferred', { name: chip.name.split(' ')[0] })}</span></Chip>;
    case 'priority':
      return <Chip tone={chip.tone}><IconAlertCircle size={12} /><span className="ell">{t('chip.priority')}</span></Chip>;
    case 'team':
      return <Chip tone={chip.tone}><span className="ell">{chip.name}</span></Chip>;
  }
}
