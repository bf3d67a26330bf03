// The contact of the talk: made up, or with what is known of a real one; nobody is written to.
import { Button, NumberInput, Popover, Select, TagsInput, TextInput } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { api } from '../api';
import { useBuilder } from '../builder/store';
import type { Contact as Person } from '../contacts/contacts-api';
import { ContactSearch } from '../contacts/ContactSearch';
import { isObject, objectOf, textOf, textsOf, without, type JsonObject } from '../document/json';
import { isAlias } from '../document/schema';
import { may } from '../may';
import { useSession } from '../session';
import { useSimulation, useSimulationStore } from './simulation';

const inside = { withinPortal: false }; // a list outside of the pane would close it
const USUAL: JsonObject = { name: 'Renata Vasques' }; // whom stories have where they say nobody

export function Contact() {
  const { t } = useTranslation('simulator');
  const role = useSession().data?.member.role;
  const simulation = useSimulationStore();
  const contact = useSimulation((state) => (isObject(state.world['contact']) ? state.world['contact'] : USUAL));
  const things = useBuilder((state) => state.types.things);
  const fields = (things?.['field'] ?? []).filter((field) => !isAlias(field));
  const tags = (things?.['tag'] ?? []).filter((tag) => !isAlias(tag));
  const deal = useSimulation((state) => state.world['deal']);
  const values = objectOf(contact['fields']);
  const name = textOf(contact['name']);

  function set(part: JsonObject) {
    const all = Object.entries({ ...contact, ...part }).filter(([, value]) => value !== '' && value !== null);
    simulation.getState().setWorld({ contact: Object.fromEntries(all) });
  }

  return (
    <Popover position="bottom-start" width={320} trapFocus>
      <Popover.Target>
        <Button size="xs" className="sim-who" aria-label={t('setting.who', { name: name || t('contact.noName') })} rightSection={<IconChevronDown size={14} />}>
          {name || t('contact.noName')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={16} className="sim-contact">
        <div className="sim-form">
          {may(role, 'see contacts') && <Real onPick={(person) => simulation.getState().setWorld({ contact: person })} />}
          <TextInput label={t('contact.name')} value={name} onChange={(event) => set({ name: event.currentTarget.value })} />
          <div className="row">
            <TextInput label={t('contact.phone')} value={textOf(contact['phone'])} onChange={(event) => set({ phone: event.currentTarget.value })} />
            <Select
              label={t('contact.language')}
              data={['pt-BR', 'en', 'es'].map((value) => ({ value, label: t(`languages.${value}`) }))}
              value={textOf(contact['language']) || null}
              clearable
              comboboxProps={inside}
              onChange={(value) => set({ language: value ?? '' })}
            />
          </div>
          <TextInput label={t('contact.email')} value={textOf(contact['email'])} onChange={(event) => set({ email: event.currentTarget.value })} />
          <TagsInput comboboxProps={inside} label={t('contact.tags')} data={tags.map((tag) => tag.slug)} value={textsOf(contact['tags'])} onChange={(value) => set({ tags: value })} />
          {isObject(deal) && (
            <div className="row">
              <TextInput label={t('contact.deal')} value={textOf(deal['title'])} onChange={(event) => simulation.getState().setWorld({ deal: { ...deal, title: event.currentTarget.value } })} />
              <NumberInput label={t('contact.value')} hideControls value={Number(deal['value'] ?? 0)} onChange={(value) => simulation.getState().setWorld({ deal: { ...deal, value: Number(value) || 0 } })} />
            </div>
          )}
          {fields.map((field) => (
            <TextInput
              key={field.slug}
              label={field.name}
              value={values[field.slug] === undefined ? '' : String(values[field.slug])}
              onChange={(event) => {
                const { value } = event.currentTarget;
                set({ fields: value === '' ? without(values, field.slug) : { ...values, [field.slug]: typed(value, textOf(field['type'])) } });
              }}
            />
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function typed(value: string, type: string): string | number | boolean {
  if (type === 'number' || type === 'integer') return Number.isNaN(Number(value)) ? value : Number(value);
  return value;
}

/** What is known of somebody in the account, copied into the made-up talk. */
function Real({ onPick }: { onPick: (person: JsonObject) => void }) {
  const { t } = useTranslation('simulator');
  return (
    <ContactSearch
      label={t('contact.real')}
      placeholder={t('contact.realHint')}
      combobox={inside}
      onPick={({ id }) => void api.get<Person>(`/contacts/${id}`).then((person) => onPick(known(person)), () => undefined)}
    />
  );
}

function known({ name, email, phone, language, timezone, score, tags, fields }: Person): JsonObject {
  const all = Object.entries({ name, email, phone, language, timezone, score, tags, fields });
  return Object.fromEntries(all.filter(([, value]) => value !== null && value !== ''));
}
