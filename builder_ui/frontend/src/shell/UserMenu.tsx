// One's own corner: presence, language, appearance, sign out.
import { Menu, UnstyledButton, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { IconCheck, IconLogout } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { languages, type Language } from '../i18n';
import { useChangeSession, useSession, useSignOut, type Presence as MyPresence } from '../session';
import { Avatar, Presence } from '../ui/Avatar';

const presences: MyPresence[] = ['online', 'away'];
const schemes: MantineColorScheme[] = ['light', 'dark', 'auto'];
const names: Record<Language, string> = { 'pt-BR': 'Português', en: 'English' };

export function UserMenu() {
  const { t, i18n } = useTranslation();
  const session = useSession();
  const change = useChangeSession();
  const signOut = useSignOut();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const me = session.data;
  if (me === null || me === undefined) return null;
  const tick = (on: boolean) => (on ? <IconCheck size={14} /> : null);
  return (
    <Menu position="right-end" width={232}>
      <Menu.Target>
        <UnstyledButton className="shell-me">
          <Avatar name={me.user.name} presence={me.member.presence} />
          <span className="sr-only">{`${t('user.menu')}: ${me.user.name}`}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className="shell-who">
          <b className="ell">{me.user.name}</b>
          <span className="muted sm ell">
            {me.account.name} · {me.user.email}
          </span>
        </div>
        <Menu.Divider />
        <Menu.Label>{t('user.presence')}</Menu.Label>
        {presences.map((presence) => (
          <Menu.Item
            key={presence}
            leftSection={<Presence is={presence} />}
            rightSection={tick(me.member.presence === presence)}
            onClick={() => change.mutate({ presence })}
          >
            {t(`presence.${presence}`)}
          </Menu.Item>
        ))}
        <Menu.Label>{t('user.language')}</Menu.Label>
        {languages.map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            rightSection={tick(i18n.language === language)}
            onClick={() => change.mutate({ language })}
          >
            {names[language]}
          </Menu.Item>
        ))}
        <Menu.Label>{t('user.theme')}</Menu.Label>
        {schemes.map((scheme) => (
          <Menu.Item key={scheme} rightSection={tick(colorScheme === scheme)} onClick={() => setColorScheme(scheme)}>
            {t(`user.${scheme}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => signOut.mutate()}>
          {t('user.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
