// The conversation's timeline: keeps the reader's place, loads earlier pages, says when something newer waits below.
import { Button } from '@mantine/core';
import type { TFunction } from 'i18next';
import { IconArrowDown, IconLock } from '@tabler/icons-react';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../ui/Empty';
import { Failed } from '../ui/Failed';
import { Loading } from '../ui/Loading';
import { Bubble, Words } from './Bubble';
import { nameOf } from './names';
import { PendingReply } from './PendingReply';
import { SystemEvent } from './SystemEvent';
import { Trace } from './Trace';
import type { Outgoing } from './outgoing';
import type { useTimeline } from './queries';
import { draw, type Drawn } from './thread';
import type { Conversation, Item, MessageItem, TraceItem } from './types';
import { day, moment, sameDay, type Clock } from './words';

const NEAR_END = 60;
const A_MOMENT = 1000; // a turn's messages are stored just after it

type Props = {
  conversation: Conversation;
  timeline: ReturnType<typeof useTimeline>;
  pending: readonly Outgoing[];
  typing: string | null;
  me: string;
  clock: Clock;
  onEdit: (text: string) => void;
  onAgain: (item: MessageItem) => void;
};

export function Thread({ conversation, timeline, pending, typing, me, clock, onEdit, onAgain }: Props) {
  const { t } = useTranslation('inbox');
  const items = timeline.data ?? [];
  const scroll = useThreadScroll(items, pending.length, typing);
  return (
    <div className="inbox-thread-frame">
      <div className="inbox-thread" ref={scroll.box} onScroll={scroll.onScroll} tabIndex={0} role="log" aria-label={t('thread')} aria-busy={timeline.isPending}>
        {timeline.isPending && <Loading rows={5} />}
        {timeline.isError && items.length === 0 && (
          <Failed error={timeline.error} title={t('failedParts.timeline')} onRetry={() => void timeline.refetch()} />
        )}
        {timeline.isSuccess && items.length + pending.length === 0 && <Empty title={t('empty.timeline.title')} />}
        {timeline.hasNextPage && (
          <div className="inbox-earlier">
            <Button size="xs" variant="subtle" loading={timeline.isFetchingNextPage} onClick={() => { scroll.keepPlace(); void timeline.fetchNextPage(); }}>
              {t('earlier')}
            </Button>
          </div>
        )}
        {draw(items).map((drawn) => (
          <One key={drawn.key} drawn={drawn} items={items} contact={nameOf(conversation.contact, t)} me={me} clock={clock} onAgain={onAgain} />
        ))}
        {pending.map((message) => <PendingReply key={message.clientId} message={message} clock={clock} onEdit={onEdit} />)}
        {typing !== null && (
          <p className="inbox-typing" role="status">
            <span className="inbox-dots" aria-hidden><i /><i /><i /></span>
            {t('typing', { name: typing })}
          </p>
        )}
      </div>
      {scroll.newer && (
        <Button className="inbox-newer" size="xs" leftSection={<IconArrowDown size={14} />} onClick={scroll.toEnd}>{t('newMessages')}</Button>
      )}
    </div>
  );
}

type OneProps = { drawn: Drawn; items: Item[]; contact: string; me: string; clock: Clock; onAgain: Props['onAgain'] };

function One({ drawn, items, contact, me, clock, onAgain }: OneProps) {
  const { t } = useTranslation('inbox');
  switch (drawn.kind) {
    case 'day':
      return <div className="inbox-day"><span>{dayName(t, drawn.at, clock)}</span></div>;
    case 'opened':
      return <div className="inbox-day ruled"><span>{t('newConversation', { day: day(drawn.at, clock) })}</span></div>;
    case 'message': {
      const { item } = drawn;
      const speaker = item.author === 'contact' ? contact : item.author === 'bot' ? t('who.bot') : item.by?.id === me ? t('who.you') : (item.by?.name ?? t('who.somebody'));
      const again = item.author === 'agent' && item.text ? <button type="button" onClick={() => onAgain(item)}>{t('sendAgain')}</button> : undefined;
      return <Bubble item={item} speaker={speaker} me={me} follows={drawn.follows} clock={clock} again={again} />;
    }
    case 'note':
      return (
        <article className="inbox-note">
          <div className="inbox-note-head">
            <IconLock size={14} aria-hidden /><b>{t('compose.note')}</b>
            <span> · {drawn.item.by?.id === me ? t('who.you') : drawn.item.by?.name.split(' ')[0]} · {moment(drawn.item.at, clock)}</span>
          </div>
          <Words text={drawn.item.text} />
        </article>
      );
    case 'event':
      return <SystemEvent item={drawn.item} me={me} clock={clock} />;
    case 'trace':
      return <Trace item={drawn.item} open={standsAlone(drawn.item, items)} clock={clock} />;
  }
}

function dayName(t: TFunction<'inbox'>, at: string, clock: Clock): string {
  if (sameDay(at, clock.now)) return t('today');
  return sameDay(at, clock.now - 86_400_000) ? t('yesterday') : day(at, clock);
}

/** Whether the bot's words are shown by the card only: then it opens by itself. */
function standsAlone(trace: TraceItem, items: Item[]): boolean {
  return !items.some((item) => item.kind === 'message' && item.author === 'bot' && item.at >= trace.at && Date.parse(item.at) <= Date.parse(trace.until) + A_MOMENT);
}

/** Stays at the end while the reader is there; otherwise keeps the place and offers the way down. */
function useThreadScroll(items: Item[], pending: number, typing: string | null) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const fromEnd = useRef<number | null>(null);
  const [newer, setNewer] = useState(false);
  const last = items.at(-1)?.id ?? '';

  const toEnd = useCallback(() => {
    if (box.current !== null) box.current.scrollTop = box.current.scrollHeight;
    setNewer(false);
  }, []);

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    if (fromEnd.current !== null) {
      element.scrollTop = element.scrollHeight - fromEnd.current;
      fromEnd.current = null;
    } else if (atEnd.current) toEnd();
  }, [items, typing, toEnd]);
  useEffect(() => {
    if (last !== '' && !atEnd.current) setNewer(true);
  }, [last]);
  useLayoutEffect(() => {
    if (pending > 0) toEnd();
  }, [pending, toEnd]);

  const onScroll = () => {
    const element = box.current;
    if (element === null) return;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
    if (atEnd.current) setNewer(false);
  };
  const keepPlace = () => {
    const element = box.current;
    if (element !== null) fromEnd.current = element.scrollHeight - element.scrollTop;
  };
  return { box, onScroll, toEnd, newer, keepPlace };
}
