// The left pane: lists with live counts, search, and the rows.
import { ActionIcon, Button, CloseButton, Menu, TextInput, Tooltip } from '@mantine/core';
import { IconBell, IconBellOff, IconCheck, IconDots, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Empty } from '../ui/Empty';
import { Failed } from '../ui/Failed';
import { Loading } from '../ui/Loading';
import { Row } from './Row';
import { useNotices } from './notices';
import type { useConversations } from './queries';
import type { ConversationRow, Counts, View } from './types';
import { useClock } from './useClock';
import { useFresh } from './useFresh';

const MAIN: View[] = ['new', 'mine', 'others'];
const MORE: View[] = ['pending', 'bot', 'finished'];

type Props = {
  view: View;
  search: string;
  onSearch: (search: string) => void;
  to: (view: View, conversation?: string) => string;
  selected: string | null;
  me: string;
  list: ReturnType<typeof useConversations>;
  rows: ConversationRow[];
  counts: Counts | null;
};

export function List({ view, search, onSearch, to, selected, me, list, rows, counts }: Props) {
  const { t } = useTranslation('inbox');
  const clock = useClock();
  const [searching, setSearching] = useState(search !== '');
  const fresh = useFresh(`${view} ${search}`, list.isPending ? null : rows.map((row) => row.id));
  const closeSearch = () => {
    onSearch('');
    setSearching(false);
  };
  return (
    <section className="inbox-pane inbox-list" aria-label={t('list')}>
      <header className="inbox-list-head">
        <h1>{t('title')}</h1>
        <Tooltip label={t('common:search')}>
          <ActionIcon size={28} aria-label={t('common:search')} aria-expanded={searching} onClick={() => (searching ? closeSearch() : setSearching(true))}>
            <IconSearch size={16} />
          </ActionIcon>
        </Tooltip>
        <MoreViews view={view} counts={counts} to={to} />
      </header>
      {searching && (
        <TextInput
          className="inbox-search" autoFocus value={search} placeholder={t('search')} aria-label={t('search')}
          leftSection={<IconSearch size={14} />} rightSection={<CloseButton size="sm" aria-label={t('clearSearch')} onClick={closeSearch} />}
          onChange={(event) => onSearch(event.currentTarget.value)}
          onKeyDown={(event) => { if (event.key === 'Escape') closeSearch(); }}
        />
      )}
      <Views view={view} counts={counts} to={to} />
      <div className="inbox-rows">
        {list.isPending ? <Loading rows={8} /> : null}
        {list.isError && rows.length === 0 ? <Failed error={list.error} title={t('failedParts.list')} onRetry={() => void list.refetch()} /> : null}
        {list.isSuccess && rows.length === 0 ? <Nothing view={view} search={search} onClear={closeSearch} /> : null}
        <ul>
          {rows.map((row) => (
            <Row key={row.id} row={row} to={to(view, row.id)} selected={row.id === selected} fresh={fresh.has(row.id)} me={me} clock={clock} />
          ))}
        </ul>
        {list.hasNextPage && (
          <div className="inbox-more">
            <Button size="xs" variant="subtle" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{t('loadMore')}</Button>
          </div>
        )}
      </div>
    </section>
  );
}

type ViewsProps = Pick<Props, 'view' | 'counts' | 'to'>;

function Views({ view, counts, to }: ViewsProps) {
  const { t } = useTranslation('inbox');
  const shown = MORE.includes(view) ? [...MAIN, view] : MAIN;
  return (
    <nav className="inbox-views" aria-label={t('views.label')}>
      {shown.map((one) => (
        <Link key={one} to={to(one)} aria-current={one === view ? 'page' : undefined}>
          {t(`views.${one}`)} <span className="num">{count(counts, one)}</span>
        </Link>
      ))}
    </nav>
  );
}

function MoreViews({ view, counts, to }: ViewsProps) {
  const { t } = useTranslation('inbox');
  const notices = useNotices();
  return (
    <Menu position="bottom-end" width={232}>
      <Menu.Target>
        <Tooltip label={t('views.more')}>
          <ActionIcon size={28} aria-label={t('views.more')}><IconDots size={16} /></ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {MORE.map((one) => (
          <Menu.Item key={one} component={Link} to={to(one)} leftSection={one === view ? <IconCheck size={14} /> : <span className="inbox-blank" />} rightSection={<span className="num muted">{count(counts, one)}</span>}>
            {t(`views.${one}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={notices.on ? <IconBellOff size={14} /> : <IconBell size={14} />} onClick={notices.toggle}>
          {t(notices.on ? 'notify.turnOff' : 'notify.turnOn')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function count(counts: Counts | null, of: View): number | null {
  return of === 'finished' || counts === null ? null : counts[of];
}

function Nothing({ view, search, onClear }: { view: View; search: string; onClear: () => void }) {
  const { t } = useTranslation('inbox');
  if (search === '') return <Empty title={t(`empty.${view}.title`)}>{t(`empty.${view}.text`)}</Empty>;
  return (
    <Empty title={t('empty.search.title', { search })} actions={<Button size="xs" onClick={onClear}>{t('clearSearch')}</Button>}>
      {t('empty.search.text')}
    </Empty>
  );
}
