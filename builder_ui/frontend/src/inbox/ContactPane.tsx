// Who the contact is, what is known of them, their tags and those of the conversation, and what was before.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ReactNode } from 'react';
import { inWords } from '../contacts/values';
import { currentLanguage } from '../i18n';
import { may } from '../may';
import { useSession } from '../session';
import { Avatar } from '../ui/Avatar';
import { nameOf } from './names';
import { useTagging } from './queries';
import { useRefusals } from './refusals';
import { Tags } from './Tags';
import { useFields } from './things';
import type { Conversation } from './types';
import { date, type Clock } from './words';

type Props = { conversation: Conversation; to: (conversation: string) => string; clock: Clock };

export function ContactPane({ conversation, to, clock }: Props) {
  const { t } = useTranslation('inbox');
  const { contact, owner, flow } = conversation;
  const name = nameOf(contact, t);
  const earlier = contact.conversations.filter((one) => one.id !== conversation.id);
  const me = useSession().data?.member;
  const role = me?.role;
  const known = useFields().data ?? [];
  const tagging = useTagging(conversation);
  const refused = useRefusals(me?.id ?? '');
  const words = { yes: t('pane.yes'), no: t('pane.no') };
  const fields = known.flatMap((field): Fact[] => {
    const value = contact.fields[field.slug];
    return value === undefined || value === null ? [] : [[field.name, inWords(field, value, currentLanguage(), words)]];
  });
  return (
    <>
      <header className="inbox-contact-head">
        <Avatar name={name} size="l" />
        <div className="grow">
          <h2 className="ell" title={name}>{may(role, 'see contacts') ? <Link to={`/contacts/${contact.id}`}>{name}</Link> : name}</h2>
          <p className="sm muted num ell">{contact.phone ?? contact.email ?? conversation.channel.name}</p>
        </div>
      </header>
      <Section title={t('pane.data')}>
        <Facts facts={[[t('pane.email'), contact.email], [t('pane.phone'), contact.phone], ...fields, [t('pane.since'), date(contact.created_at, clock)]]} />
      </Section>
      <Section title={t('pane.contactTags')}>
        <Tags label={t('pane.contactTags')} tags={contact.tags} locked={!may(role, 'edit contacts')} onChange={(tags) => tagging.contact.mutate(tags, { onError: refused })} />
      </Section>
      <Section title={t('pane.tags')}>
        <Tags label={t('pane.tags')} tags={conversation.tags} locked={!may(role, 'work on conversations')} onChange={(tags) => tagging.conversation.mutate(tags, { onError: refused })} />
      </Section>
      <Section title={t('pane.service')}>
        <Facts
          facts={[
            [t('pane.state'), t(`state.${conversation.state}`)],
            [t('pane.team'), conversation.team.name],
            [t('pane.owner'), owner?.name ?? t('pane.nobody')],
            [t('pane.channel'), conversation.channel.name],
            [t('pane.flow'), flow === null ? null : `${flow.name} · v${String(flow.number)}`],
          ]}
        />
      </Section>
      <Section title={t('pane.identities')} count={contact.identities.length}>
        <Facts facts={contact.identities.map(({ channel, external_id: id }): Fact => [channel, id])} />
      </Section>
      <Section title={t('pane.earlier')} count={earlier.length}>
        {earlier.length === 0 && <p className="muted">{t('pane.none')}</p>}
        <ul className="inbox-past">
          {earlier.map((one) => (
            <li key={one.id}>
              <Link to={to(one.id)}>
                <span className="grow ell">{t(`state.${one.state}`)}</span>
                <span className="sm muted num">{date(one.finished_at ?? one.opened_at, clock)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

type Fact = [name: string, value: string | null];

function Facts({ facts }: { facts: Fact[] }) {
  const known = facts.filter((fact): fact is [string, string] => fact[1] !== null && fact[1] !== '');
  return (
    <dl className="inbox-facts">
      {known.map(([name, value], index) => (
        <div key={`${name} ${String(index)}`}>
          <dt className="ell" title={name}>{name}</dt>
          <dd className="ell" title={value}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Section({ title, count, children }: { title: string; count?: number; children: ReactNode }) {
  return (
    <section className="inbox-section">
      <h3>{title}{count !== undefined && count > 0 && <span className="muted num"> {count}</span>}</h3>
      {children}
    </section>
  );
}
