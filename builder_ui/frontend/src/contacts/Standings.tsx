// What stands beside a contact's data: tags, owner, consent by channel, where one is known, portfolios. Each change counts at once.
import { ActionIcon, Button, MultiSelect, Select, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { choicesOf, isAlias, operandsOf, type NodeTypes, type Thing } from '../document/schema';
import { currentLanguage } from '../i18n';
import { moment } from '../ui/time';
import { toast } from '../ui/toast';
import { useChangeContact, useFileContact, useIdentities, type Contact } from './contacts-api';
import { inALine } from './refusals';

type Props = { contact: Contact; types: NodeTypes; readOnly: boolean };

export function Standings({ contact, types, readOnly }: Props) {
  const { t } = useTranslation('contacts');
  const change = useChangeContact(contact.id);
  const failed = (error: unknown) => toast({ text: inALine(error, t), stays: true });
  const own = (kind: string) => (types.things?.[kind] ?? []).filter((thing) => !isAlias(thing));

  const file = useFileContact(contact.id);
  const filed = contact.portfolios.map((each) => each.slug);

  return (
    <aside className="crm-side is-right" aria-label={t('standings')}>
      <div className="crm-scroll">
        <MultiSelect
          label={t('tags')}
          data={optionsOf(own('tag'), contact.tags)}
          value={contact.tags}
          placeholder={contact.tags.length === 0 ? t('choose') : undefined}
          searchable
          hidePickedOptions
          disabled={readOnly}
          onChange={(next) => change.mutate({ tags: between(contact.tags, next) }, { onError: failed })}
        />
        <Select
          label={t('owner')}
          data={optionsOf(own('user'), contact.owner === null ? [] : [contact.owner.slug])}
          value={contact.owner?.slug ?? null}
          placeholder={t('nobody')}
          searchable
          clearable
          disabled={readOnly}
          onChange={(owner) => change.mutate({ owner }, { onError: failed })}
        />
        <Consent contact={contact} types={types} readOnly={readOnly} onSet={(channel, state) => change.mutate({ consent: { [channel]: state } }, { onError: failed })} />
        <Identities contact={contact} channels={own('channel')} readOnly={readOnly} onFailed={failed} />
        {(contact.portfolios.length > 0 || own('portfolio').length > 0) && (
          <section>
            <MultiSelect
              label={t('portfolios')}
              data={optionsOf(own('portfolio'), filed)}
              value={filed}
              placeholder={filed.length === 0 ? t('choose') : undefined}
              searchable
              hidePickedOptions
              disabled={readOnly}
              onChange={(next) => file.mutate(between(filed, next), { onError: failed })}
            />
          </section>
        )}
      </div>
    </aside>
  );
}

/** What comes and what goes from one list to the next. */
export function between(before: readonly string[], after: readonly string[]) {
  return { add: after.filter((slug) => !before.includes(slug)), remove: before.filter((slug) => !after.includes(slug)) };
}

function optionsOf(things: Thing[], chosen: string[]) {
  const lost = chosen.filter((slug) => !things.some((thing) => thing.slug === slug));
  return [...things.map((thing) => ({ value: thing.slug, label: thing.name })), ...lost.map((slug) => ({ value: slug, label: slug }))];
}

type ConsentProps = Props & { onSet: (channel: string, state: 'in' | 'out') => void };

/** A line a kind of channel: said, or not yet. */
function Consent({ contact, types, readOnly, onSet }: ConsentProps) {
  const { t } = useTranslation('contacts');
  const language = currentLanguage();
  const kinds = operandsOf(types, language).find((operand) => operand.id === 'channel.kind');
  const used = new Set([...(types.things?.['channel'] ?? []).map((channel) => channel['kind']), ...Object.keys(contact.consent), ...contact.identities.map((each) => each.kind)]);
  const shown = kinds === undefined ? [] : choicesOf(kinds.about, language).filter((each) => used.has(each.value));
  if (shown.length === 0) return null;
  return (
    <section aria-label={t('consent')}>
      <h2>{t('consent')}</h2>
      {shown.map((kind) => {
        const said = contact.consents.find((each) => each.channel === kind.value);
        return (
          <div key={kind.value} className="crm-line">
            <span className="grow">
              {kind.title}
              {said !== undefined && <span className="sm muted"> · {moment(said.at, language)}</span>}
            </span>
            <Select
              aria-label={`${t('consent')} · ${kind.title}`}
              w={140}
              data={[
                { value: 'in', label: t('in') },
                { value: 'out', label: t('out') },
              ]}
              value={contact.consent[kind.value] ?? null}
              placeholder={t('unsaid')}
              allowDeselect={false}
              disabled={readOnly}
              onChange={(state) => (state === 'in' || state === 'out') && onSet(kind.value, state)}
            />
          </div>
        );
      })}
    </section>
  );
}

type IdentityProps = { contact: Contact; channels: Thing[]; readOnly: boolean; onFailed: (error: unknown) => void };

/** Who the contact is on each channel. */
function Identities({ contact, channels, readOnly, onFailed }: IdentityProps) {
  const { t } = useTranslation('contacts');
  const { add, forget } = useIdentities(contact.id);
  const [channel, setChannel] = useState<string | null>(null);
  const [address, setAddress] = useState('');

  function submit(event: FormEvent) {
    event.preventDefault();
    if (channel === null || address.trim() === '') return;
    add.mutate({ channel, external_id: address.trim() }, { onSuccess: () => setAddress(''), onError: onFailed });
  }

  return (
    <section aria-label={t('identities')}>
      <h2>{t('identities')}</h2>
      {contact.identities.length === 0 && <p className="sm muted">{t('noIdentities')}</p>}
      {contact.identities.map((each) => (
        <div key={each.id} className="crm-line">
          <span className="grow crm-identity">
            <span className="sm muted">{channels.find((one) => one.slug === each.channel)?.name ?? each.channel}</span>
            <span className="ell" title={each.external_id}>
              {each.external_id}
            </span>
          </span>
          {!readOnly && (
            <ActionIcon size={24} aria-label={t('forget', { address: each.external_id })} onClick={() => forget.mutate(each.id, { onError: onFailed })}>
              <IconX size={14} />
            </ActionIcon>
          )}
        </div>
      ))}
      {!readOnly && channels.length > 0 && (
        <form className="crm-add" onSubmit={submit}>
          <Select
            aria-label={t('channel')}
            placeholder={t('channel')}
            data={channels.map((each) => ({ value: each.slug, label: each.name }))}
            value={channel}
            onChange={setChannel}
          />
          <TextInput aria-label={t('address')} placeholder={t('address')} value={address} onChange={(event) => setAddress(event.currentTarget.value)} />
          <Button type="submit" disabled={channel === null || address.trim() === ''} loading={add.isPending}>
            {t('add')}
          </Button>
        </form>
      )}
    </section>
  );
}
