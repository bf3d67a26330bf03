// Finds a contact of the account by name, phone or e-mail, and gives the one that is chosen.
import { Select, type ComboboxProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api';
import type { ContactRow } from './contacts-api';

type Props = { label: string; placeholder: string; size?: 'xs'; combobox?: ComboboxProps; onPick: (contact: { id: string; name: string }) => void };

export function ContactSearch({ label, placeholder, size, combobox, onPick }: Props) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const [query] = useDebouncedValue(words, 250);
  const found = useQuery({
    queryKey: ['contacts-to-choose', query],
    enabled: query.trim() !== '',
    queryFn: async ({ signal }) => (await api.get<{ contacts: ContactRow[] }>(`/contacts?most=8&q=${encodeURIComponent(query)}`, signal)).contacts,
  });
  const rows = (found.data ?? []).map((each) => ({ value: each.id, label: each.name || each.email || each.phone || each.id }));
  return (
    <Select
      {...(size === undefined ? { label } : { size, 'aria-label': label })}
      placeholder={placeholder}
      searchable
      comboboxProps={combobox}
      value={null}
      searchValue={words}
      onSearchChange={setWords}
      filter={({ options }) => options}
      data={rows}
      nothingFoundMessage={query.trim() === '' || found.isFetching ? undefined : t('nothingFound')}
      onChange={(id) => {
        const chosen = rows.find((row) => row.value === id);
        if (chosen === undefined) return;
        onPick({ id: chosen.value, name: chosen.label });
        setWords('');
      }}
    />
  );
}
