// Over the thread: who it is with, how it stands, and what can be done with it.
import { ActionIcon, Button, Popover, TextInput, Tooltip } from '@mantine/core';
import { IconAlertCircle, IconArrowLeft, IconCheck, IconLayoutSidebarRight, IconTransfer } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Avatar } from '../ui/Avatar';
import { Chip } from '../ui/Chip';
import { ChannelMark } from './ChannelMark';
import { nameOf } from './names';
import type { Conversation } from './types';
import { since, type Clock } from './words';

type Props = {
  conversation: Conversation;
  me: string;
  clock: Clock;
  back: string;
  finishing: { open: boolean; busy: boolean; set: (open: boolean) => void; finish: (reason: string) => void };
  onTransfer: () => void;
  onContact: () => void;
};

export function ThreadHead({ conversation, me, clock, back, finishing, onTransfer, onContact }: Props) {
  const { t } = useTranslation('inbox');
  const { may } = conversation;
  const name = nameOf(conversation.contact, t);
  return (
    <header className="inbox-head">
      <ActionIcon className="inbox-back" component={Link} to={back} aria-label={t('back')}><IconArrowLeft size={18} /></ActionIcon>
      <Avatar name={name} mark={<ChannelMark kind={conversation.channel.kind} />} />
      <div className="grow">
        <div className="inbox-head-name">
          <h2 className="ell" title={name}>{name}</h2>
          {conversation.priority === 'high' && <span className="inbox-wide"><Chip tone="bad"><IconAlertCircle size={12} />{t('chip.priority')}</Chip></span>}
        </div>
        <p className="sm muted ell">
          <span className="inbox-wide">{t(`state.${conversation.state}`)} · </span>
          {conversation.team.name}
          <Holder conversation={conversation} me={me} clock={clock} />
        </p>
      </div>
      {may.transfer && (
        <Tooltip label={t('keys.transfer')}>
          <Button className="inbox-act" size="xs" leftSection={<IconTransfer size={16} />} aria-label={t('transfer.do')} onClick={onTransfer}>
            <span>{t('transfer.do')}</span>
          </Button>
        </Tooltip>
      )}
      {may.finish && <Finish {...finishing} />}
      <Tooltip label={t('showContact')}>
        <ActionIcon className="inbox-contact-toggle" variant="default" size={28} aria-label={t('showContact')} onClick={onContact}><IconLayoutSidebarRight size={16} /></ActionIcon>
      </Tooltip>
    </header>
  );
}

function Holder({ conversation, me, clock }: { conversation: Conversation; me: string; clock: Clock }) {
  const { t } = useTranslation('inbox');
  const { owner, state, queued_at: queuedAt } = conversation;
  if (state === 'queued' && queuedAt !== null) return <> · {t('with.queuedSince', { since: since(queuedAt, clock.now) })}</>;
  if (owner === null || state === 'finished') return null;
  return <> · {owner.id === me ? t('with.you') : t('with.other', { name: owner.name })}</>;
}

function Finish({ open, busy, set, finish }: Props['finishing']) {
  const { t } = useTranslation('inbox');
  const [reason, setReason] = useState('');
  return (
    <Popover opened={open} onChange={set} position="bottom-end" width={280} trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={t('keys.finish')} disabled={open}>
          <Button className="inbox-act" size="xs" leftSection={<IconCheck size={16} />} aria-label={t('finish.do')} aria-expanded={open} onClick={() => set(!open)}>
            <span>{t('finish.do')}</span>
          </Button>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('finish.title')}>
        <form
          className="inbox-finish"
          onSubmit={(event) => {
            event.preventDefault();
            finish(reason.trim());
            setReason('');
          }}
        >
          <TextInput data-autofocus maxLength={200} label={<>{t('finish.reason')} <span className="muted">· {t('finish.optional')}</span></>} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
          <div className="inbox-finish-foot">
            <Button size="xs" variant="subtle" onClick={() => set(false)}>{t('common:cancel')}</Button>
            <Button size="xs" variant="filled" type="submit" loading={busy}>{t('finish.do')}</Button>
          </div>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
