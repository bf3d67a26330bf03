// The 56 px navigation: icons with names, and a count on the inbox only.
import { Tooltip } from '@mantine/core';
import { IconAddressBook, IconInbox, IconMessageCircle2, IconRoute, IconSettings } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { api } from '../api';
import { may } from '../may';
import { useSession } from '../session';
import { Logo } from './Logo';
import { UserMenu } from './UserMenu';

type Counts = { counts: { new: number } };

export function Navigation() {
  const { t } = useTranslation();
  const session = useSession();
  const inbox = useQuery({
    queryKey: ['conversations', 'counts'],
    queryFn: ({ signal }) => api.get<Counts>('/conversations?view=new', signal),
    refetchInterval: 60_000,
  });
  const waiting = inbox.data?.counts.new ?? 0;
  const chat = session.data?.webchat;
  const role = session.data?.member.role;
  return (
    <nav className="shell-nav" aria-label={t('nav.label')}>
      <span className="shell-logo">
        <Logo size={24} />
      </span>
      <Entry to="/inbox" label={t('nav.inbox')} hint={waiting > 0 ? t('nav.waiting', { count: waiting }) : undefined}>
        <IconInbox size={20} />
        {waiting > 0 && <span className="shell-count num">{waiting > 99 ? '99+' : waiting}</span>}
      </Entry>
      {may(role, 'see contacts') && (
        <Entry to="/contacts" label={t('nav.contacts')}>
          <IconAddressBook size={20} />
        </Entry>
      )}
      <Entry to="/flows" label={t('nav.flows')}>
        <IconRoute size={20} />
      </Entry>
      <span className="grow" />
      {may(role, 'see account') && (
        <Entry to="/settings" label={t('nav.settings')}>
          <IconSettings size={20} />
        </Entry>
      )}
      {chat !== null && chat !== undefined && (
        <Tooltip label={t('nav.chat')} position="right">
          <a className="shell-entry" href={`/chat/${chat.key}`} target="_blank" rel="noreferrer" aria-label={t('nav.chat')}>
            <IconMessageCircle2 size={20} />
          </a>
        </Tooltip>
      )}
      <UserMenu />
    </nav>
  );
}

type EntryProps = { to: string; label: string; hint?: string | undefined; children: ReactNode };

function Entry({ to, label, hint, children }: EntryProps) {
  const name = hint === undefined ? label : `${label} · ${hint}`;
  return (
    <Tooltip label={name} position="right">
      <NavLink to={to} className="shell-entry" aria-label={name}>
        {children}
      </NavLink>
    </Tooltip>
  );
}
