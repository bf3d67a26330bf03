// The inbox: list, conversation, contact; which of them shows at which width; keys that walk and act.
import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { may } from '../may';
import { useSession } from '../session';
import { Empty } from '../ui/Empty';
import { ConversationView } from './ConversationView';
import { List } from './List';
import { useNoticeOfNew } from './notices';
import { useConversations } from './queries';
import type { View } from './types';
import { useKeys } from './useKeys';
import './inbox.css';
import './thread.css';
import './dialogs.css';

const VIEWS: View[] = ['new', 'mine', 'others', 'pending', 'bot', 'finished'];
const PLACE = 'inbox:view';

export default function InboxPage() {
  const { t } = useTranslation('inbox');
  const session = useSession();
  const { conversationId = null } = useParams();
  const navigate = useNavigate();
  const [view, to] = useView();
  const [search, setSearch] = useState('');
  const [searched] = useDebouncedValue(search.trim(), 250);

  const list = useConversations(view, searched);
  const pages = list.data?.pages ?? [];
  const rows = [...new Map(pages.flatMap((page) => page.conversations).map((row) => [row.id, row])).values()];
  const counts = pages[0]?.counts ?? null;
  useNoticeOfNew(counts?.new ?? null);
  useTitle(t('title'), counts?.new ?? 0);

  const step = (by: number) => {
    const at = rows.findIndex((row) => row.id === conversationId);
    const next = rows[at === -1 ? 0 : at + by];
    if (next === undefined) return;
    void navigate(to(view, next.id));
    document.querySelector<HTMLElement>(`[data-conversation="${next.id}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  useKeys({ j: () => step(1), k: () => step(-1) });

  const me = session.data?.member.id ?? '';
  const isNew = may(session.data?.member.role, 'edit flows') && list.isSuccess && rows.length === 0 && Object.values(counts ?? { new: 1 }).every((count) => count === 0);
  return (
    <div className={`inbox${conversationId === null ? ' at-list' : ' at-thread'}`}>
      <List view={view} search={search} onSearch={setSearch} to={to} selected={conversationId} me={me} list={list} rows={rows} counts={counts} />
      {conversationId === null ? (
        <section className="inbox-pane inbox-nothing"><NothingOpen isNew={isNew} /></section>
      ) : (
        <ConversationView
          key={conversationId} id={conversationId} me={me} back={to(view)}
          to={(conversation) => to(view, conversation)}
          onTaken={() => void navigate(to('mine', conversationId))}
        />
      )}
    </div>
  );
}

/** An account that nobody has written to begins with a flow; else a conversation is chosen. */
function NothingOpen({ isNew }: { isNew: boolean }) {
  const { t } = useTranslation('inbox');
  if (!isNew) return <Empty title={t('empty.thread.title')}>{t('empty.thread.text')}</Empty>;
  return (
    <Empty title={t('empty.account.title')} actions={<Button component={Link} to="/flows">{t('empty.account.act')}</Button>}>
      {t('empty.account.text')}
    </Empty>
  );
}

/** The list in view, from the address, else the one used last; and the address of any list and conversation. */
function useView(): [View, (view: View, conversation?: string) => string] {
  const [query] = useSearchParams();
  const asked = query.get('view') ?? sessionStorage.getItem(PLACE);
  const view = VIEWS.find((one) => one === asked) ?? 'new';
  useEffect(() => sessionStorage.setItem(PLACE, view), [view]);
  return [view, (of, conversation) => `/inbox${conversation === undefined ? '' : `/${conversation}`}?view=${of}`];
}

function useTitle(title: string, waiting: number): void {
  useEffect(() => {
    document.title = waiting > 0 ? `(${String(waiting)}) ${title}` : title;
  }, [title, waiting]);
}
