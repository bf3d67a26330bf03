// The contacts of the account, newest first: search, list, a new one.
import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Things } from '../document/schema';
import { may } from '../may';
import { useSession } from '../session';
import { PageHead } from '../shell/PageHead';
import { Avatar } from '../ui/Avatar';
import { Chip } from '../ui/Chip';
import { Empty } from '../ui/Empty';
import { Failed } from '../ui/Failed';
import { Loading } from '../ui/Loading';
import { moment } from '../ui/time';
import { useSlash } from '../ui/useSlash';
import { useContacts, useTypesAndThings, type ContactRow } from './contacts-api';
import { NewContactDialog } from './NewContactDialog';
import './contacts.css';

const MOST_TAGS = 2;

export default function ContactsPage() {
  const { t } = useTranslation('contacts');
  const role = useSession().data?.member.role;
  const [query, setQuery] = useState('');
  const [words] = useDebouncedValue(query.trim(), 200);
  const contacts = useContacts(words);
  const [adding, setAdding] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const types = useTypesAndThings().data;
  const rows = contacts.data?.pages.flatMap((page) => page.contacts) ?? [];

  useSlash(search);

  return (
    <>
      <PageHead title={t('title')}>
        <TextInput
          ref={search}
          className="crm-search"
          aria-label={t('search')}
          placeholder={t('search')}
          leftSection={<IconSearch size={14} />}
          rightSection={<span className="ui-kbd">/</span>}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <span className="grow" />
        {may(role, 'edit contacts') && (
          <Button variant="filled" leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
            {t('new.act')}
          </Button>
        )}
      </PageHead>
      <div className="crm-list">
        {contacts.isPending && <Loading rows={6} />}
        {contacts.isError && <Failed error={contacts.error} title={t('failed')} onRetry={() => void contacts.refetch()} />}
        {contacts.data !== undefined && rows.length === 0 && words === '' && <Empty title={t('empty.title')}>{t('empty.text')}</Empty>}
        {contacts.data !== undefined && rows.length === 0 && words !== '' && (
          <Empty title={t('nothing')} actions={<Button onClick={() => setQuery('')}>{t('clear')}</Button>} />
        )}
        {rows.length > 0 && <Table rows={rows} things={types?.things} />}
        {contacts.hasNextPage && (
          <Button className="crm-more" loading={contacts.isFetchingNextPage} onClick={() => void contacts.fetchNextPage()}>
            {t('more')}
          </Button>
        )}
      </div>
      {adding && types !== undefined && <NewContactDialog types={types} onClose={() => setAdding(false)} />}
    </>
  );
}

function Table({ rows, things }: { rows: ContactRow[]; things: Things | undefined }) {
  const { t, i18n } = useTranslation('contacts');
  const navigate = useNavigate();
  return (
    <div className="crm-panel">
      <table aria-label={t('title')}>
        <thead>
          <tr>
            <th>{t('columns.name')}</th>
            <th>{t('columns.phone')}</th>
            <th className="crm-wide">{t('columns.email')}</th>
            <th>{t('columns.tags')}</th>
            <th className="crm-wide">{t('columns.owner')}</th>
            <th className="r">{t('columns.seen')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} onClick={() => void navigate(`/contacts/${row.id}`)}>
              <td>
                <span className="crm-who">
                  <Avatar name={row.name || '?'} />
                  <Link to={`/contacts/${row.id}`} className="crm-name ell" title={row.name}>
                    {row.name || t('unnamed')}
                  </Link>
                </span>
              </td>
              <td className="num">{row.phone ?? <span className="muted">—</span>}</td>
              <td className="crm-wide">
                <span className="ell" title={row.email ?? ''}>
                  {row.email ?? '—'}
                </span>
              </td>
              <td>
                <span className="crm-tags">
                  {row.tags.slice(0, MOST_TAGS).map((slug) => (
                    <Chip key={slug} tone="line">
                      {things?.['tag']?.find((tag) => tag.slug === slug)?.name ?? slug}
                    </Chip>
                  ))}
                  {row.tags.length > MOST_TAGS && <span className="sm muted num">+{row.tags.length - MOST_TAGS}</span>}
                </span>
              </td>
              <td className="crm-wide">{row.owner?.name ?? <span className="muted">—</span>}</td>
              <td className="r muted sm">{row.last_seen_at === null ? '—' : moment(row.last_seen_at, i18n.language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
