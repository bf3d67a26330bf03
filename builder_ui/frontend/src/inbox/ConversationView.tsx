// One conversation: its head, thread, composer and contact, and what its person does with it.
import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from '../ui/Failed';
import { Loading } from '../ui/Loading';
import { toast } from '../ui/toast';
import { Composer } from './Composer';
import { ContactPane } from './ContactPane';
import { keepDraft, type Mode } from './drafts';
import { nameOf } from './names';
import { NotMine } from './NotMine';
import { notYetIn, sendReply, settle, useOutgoing } from './outgoing';
import { markRead, useConversation, useConversationActs, useTimeline } from './queries';
import { useRefusals } from './refusals';
import { Thread } from './Thread';
import { lastSeen } from './thread';
import { ThreadHead } from './ThreadHead';
import { TransferDialog } from './TransferDialog';
import type { Conversation } from './types';
import { useClock } from './useClock';
import { useFieldFocus } from './useFieldFocus';
import { useKeys } from './useKeys';
import { useTypist } from './useTypist';

type Props = { id: string; me: string; back: string; to: (conversation: string) => string; onTaken: () => void };

export function ConversationView({ id, me, back, to, onTaken }: Props) {
  const { t } = useTranslation('inbox');
  const clock = useClock();
  const conversation = useConversation(id);
  const wide = useMediaQuery('(min-width: 1200px)', true, { getInitialValueInEffect: false });
  const [drawer, setDrawer] = useState(false);

  if (conversation.data === undefined) {
    return (
      <section className="inbox-pane inbox-nothing">
        {conversation.isError ? <Failed error={conversation.error} title={t('failedParts.conversation')} onRetry={() => void conversation.refetch()} /> : <Loading rows={6} />}
      </section>
    );
  }
  const pane = <ContactPane conversation={conversation.data} to={to} clock={clock} />;
  return (
    <>
      <Middle conversation={conversation.data} me={me} back={back} onContact={() => setDrawer(true)} onTaken={onTaken} />
      {wide ? <aside className="inbox-pane inbox-contact" aria-label={t('contact')}>{pane}</aside> : (
        <Drawer opened={drawer} onClose={() => setDrawer(false)} position="right" size={316} title={t('contact')} className="inbox-drawer">{pane}</Drawer>
      )}
    </>
  );
}

type MiddleProps = { conversation: Conversation; me: string; back: string; onContact: () => void; onTaken: () => void };

function Middle({ conversation, me, back, onContact, onTaken }: MiddleProps) {
  const { t } = useTranslation('inbox');
  const { id, may, version } = conversation;
  const clock = useClock();
  const timeline = useTimeline(id);
  const items = timeline.data ?? [];
  const acts = useConversationActs(id);
  const refused = useRefusals(me);
  const pending = notYetIn(items, useOutgoing((store) => store.messages), id);
  const typing = useTypist(id, nameOf(conversation.contact, t), me, items);
  const [mode, setMode] = useState<Mode>('reply');
  const [transferring, setTransferring] = useState(false);
  const [finishing, setFinishing] = useState(false);
  const field = useFieldFocus();
  useReading(conversation, me);
  const { data: shown } = timeline;
  useEffect(() => settle(shown ?? []), [shown]);

  const write = (next: Mode) => {
    setMode(next);
    field.want();
  };
  const take = () => acts.take.mutate(version, { onSuccess: () => { onTaken(); write('reply'); }, onError: refused });
  const finish = (reason: string) => acts.finish.mutate({ version, ...(reason !== '' && { reason }) }, {
    onSuccess: () => { setFinishing(false); toast({ text: t('finish.done', { name: nameOf(conversation.contact, t) }) }); },
    onError: (error) => { setFinishing(false); refused(error); },
  });
  const reply = (text: string) => sendReply(id, text, lastSeen(items));
  useKeys({
    r: () => write('reply'),
    n: () => write('note'),
    t: () => { if (may.transfer) setTransferring(true); },
    e: () => { if (may.finish) setFinishing(true); },
  });

  return (
    <section className="inbox-pane inbox-middle" aria-label={t('thread')}>
      <ThreadHead
        conversation={conversation} me={me} clock={clock} back={back} onContact={onContact} onTransfer={() => setTransferring(true)}
        finishing={{ open: finishing, busy: acts.finish.isPending, set: setFinishing, finish }}
      />
      <Thread
        conversation={conversation} timeline={timeline} pending={pending} typing={typing} me={me} clock={clock}
        onEdit={(text) => { keepDraft(id, 'reply', text); write('reply'); }}
        onAgain={(item) => reply(item.text ?? '')}
      />
      <Composer
        conversation={conversation} mode={mode} onMode={setMode} field={field} onReply={reply}
        onNote={(text) => acts.note.mutateAsync(text).catch((error: unknown) => { refused(error); throw error; })}
        whose={may.write && !may.take ? null : <NotMine conversation={conversation} taking={acts.take.isPending} onTake={take} />}
      />
      {transferring && (
        <TransferDialog
          conversation={conversation} me={me} clock={clock} busy={acts.transfer.isPending} onClose={() => setTransferring(false)}
          onTransfer={(transfer, name) => acts.transfer.mutate(transfer, {
            onSuccess: () => { setTransferring(false); toast({ text: t('transfer.done', { name }) }); },
            onError: refused,
          })}
        />
      )}
    </section>
  );
}

/** Tells the server what was read, while the conversation is in view of the person who has it. */
function useReading({ id, unread, owner }: Conversation, me: string): void {
  const queries = useQueryClient();
  const mine = owner?.id === me;
  useEffect(() => {
    const read = () => {
      if (unread === 0 || !mine || document.hidden) return;
      markRead(id).then(() => queries.invalidateQueries({ queryKey: ['conversations'] }), () => undefined);
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [id, unread, mine, queries]);
}
