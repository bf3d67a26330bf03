// Hand a conversation to a team or a person, seeing beforehand who is there and how busy.
import { Button, CloseButton, Modal, Select, Textarea, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from '../ui/Failed';
import { Loading } from '../ui/Loading';
import { nameOf } from './names';
import { useTeams, type Transfer } from './queries';
import { matches, peopleOf, teamsOf, warningOf, type Target } from './targets';
import { TargetList } from './TargetList';
import type { Conversation } from './types';
import type { Clock } from './words';

type Props = { conversation: Conversation; me: string; clock: Clock; busy: boolean; onTransfer: (transfer: Transfer, name: string) => void; onClose: () => void };

export function TransferDialog({ conversation, me, clock, busy, onTransfer, onClose }: Props) {
  const { t } = useTranslation('inbox');
  const teams = useTeams(true);
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [bookUnder, setBookUnder] = useState<string | null>(null);
  const [note, setNote] = useState('');

  const people = peopleOf(teams.data ?? [], conversation.owner?.id ?? null).filter((target) => matches(target, search));
  const groups = teamsOf(teams.data ?? []).filter((target) => matches(target, search));
  const target: Target | null = [...people, ...groups].find((one) => one.id === chosen) ?? null;
  const team = target === null ? null : teamFor(target, bookUnder, conversation.team.slug);
  const name = target === null ? null : target.kind === 'team' ? target.team.name : target.member.name;

  const transfer = () => {
    if (target === null || team === null || name === null) return;
    const member = target.kind === 'person' ? { member: target.member.id } : {};
    const words = note.trim() === '' ? {} : { note: note.trim() };
    onTransfer({ version: conversation.version, team, ...member, ...words }, name);
  };
  return (
    <Modal opened onClose={onClose} size={640} withCloseButton={false} attributes={{ content: { 'aria-label': t('transfer.title') } }} className="inbox-transfer" trapFocus>
      <form onSubmit={(event) => { event.preventDefault(); transfer(); }}>
        <header>
          <div className="grow">
            <h2>{t('transfer.title')}</h2>
            <p className="muted ell">{t('transfer.now', { name: nameOf(conversation.contact, t), team: conversation.team.name, who: whose(conversation, me, t('with.you'), t('transfer.queued'), (other) => t('with.other', { name: other })) })}</p>
          </div>
          <CloseButton aria-label={t('common:close')} onClick={onClose} />
        </header>
        <div className="inbox-transfer-body">
          <TextInput data-autofocus leftSection={<IconSearch size={16} />} placeholder={t('transfer.search')} aria-label={t('transfer.search')} value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
          {teams.isPending && <Loading rows={5} />}
          {teams.isError && <Failed error={teams.error} title={t('failedParts.teams')} onRetry={() => void teams.refetch()} />}
          {teams.isSuccess && (
            <TargetList people={people} teams={groups} chosen={chosen} onChoose={setChosen} search={search} me={me} current={conversation.team.slug} clock={clock} />
          )}
          <div className="inbox-transfer-more">
            {target?.kind === 'person' && (
              <Select
                label={t('transfer.bookUnder')} value={team} allowDeselect={false} onChange={setBookUnder}
                data={target.teams.map((one) => ({ value: one.slug, label: one.name }))}
              />
            )}
            <Textarea
              label={<>{t('transfer.note')} <span className="muted">· {t('transfer.notSeen')}</span></>}
              minRows={2} maxRows={5} maxLength={2000} value={note} onChange={(event) => setNote(event.currentTarget.value)}
            />
          </div>
          {target !== null && <Warned target={target} />}
        </div>
        <footer>
          <Button variant="subtle" onClick={onClose}>{t('common:cancel')}</Button>
          <Button variant="filled" type="submit" disabled={name === null} loading={busy}>
            {name === null ? t('transfer.do') : t('transfer.to', { name: target?.kind === 'team' ? name : short(name) })}
          </Button>
        </footer>
      </form>
    </Modal>
  );
}

function Warned({ target }: { target: Target }) {
  const { t } = useTranslation('inbox');
  const warning = warningOf(target);
  if (warning === null) return null;
  return <p className="inbox-warning" role="status"><IconAlertTriangle size={16} aria-hidden />{t(`transfer.${warning.kind}`, { ...warning })}</p>;
}

/** A person's team to book it under: the chosen one, else the present one if theirs, else their first. */
function teamFor(target: Target, bookUnder: string | null, present: string): string | null {
  if (target.kind === 'team') return target.team.slug;
  const theirs = target.teams.map((team) => team.slug);
  return [bookUnder, present].find((slug) => slug !== null && theirs.includes(slug)) ?? theirs[0] ?? null;
}

function whose({ owner }: Conversation, me: string, you: string, nobody: string, other: (name: string) => string): string {
  if (owner === null) return nobody;
  return owner.id === me ? you : other(owner.name);
}

/** The first name, with a title before it. */
function short(name: string): string {
  const words = name.split(' ');
  return words.slice(0, words[0]?.endsWith('.') === true ? 2 : 1).join(' ');
}
