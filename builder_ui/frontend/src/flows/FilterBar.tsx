// Above the list: search and filters, each as the address has it; how many flows pass.
import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSlash } from '../ui/useSlash';
import { FilterMenu } from './FilterMenu';
import { channelsOf, isNarrowed, NONE, states, tagsOf, type FilterName, type Filters } from './finding';
import type { FlowRow } from './flows-api';

type Props = {
  /** Of the kind that is looked at, whatever the other filters. */
  rows: FlowRow[];
  shown: number;
  filters: Filters;
  onChange: (changes: Partial<Record<FilterName, string | null>>) => void;
};

export function FilterBar({ rows, shown, filters, onChange }: Props) {
  const { t } = useTranslation('flows');
  const search = useRef<HTMLInputElement>(null);
  // The address may come a moment after the keys; what is typed does not wait for it.
  const [words, setWords] = useState(filters.words);
  useEffect(() => {
    if (document.activeElement !== search.current) setWords(filters.words);
  }, [filters.words]);
  const tags = tagsOf(rows);
  const channels = channelsOf(rows);

  useSlash(search);

  return (
    <div className="flows-bar">
      <TextInput
        ref={search}
        className="flows-search"
        aria-label={t('search')}
        placeholder={t('search')}
        leftSection={<IconSearch size={14} />}
        rightSection={<span className="ui-kbd">/</span>}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          onChange({ q: event.currentTarget.value });
        }}
      />
      <FilterMenu
        label={t('columns.state')}
        all={t('filters.all')}
        choices={states.map((state) => ({ value: state, title: t(`states.${state}`) }))}
        value={filters.state}
        onChange={(state) => onChange({ state })}
      />
      {channels.length > 0 && (
        <FilterMenu
          label={t('filters.channel')}
          all={t('filters.all')}
          choices={[...channels.map(({ key, name }) => ({ value: key, title: name })), { value: NONE, title: t('filters.noChannel') }]}
          value={filters.channel}
          onChange={(channel) => onChange({ channel })}
        />
      )}
      {tags.length > 0 && (
        <FilterMenu
          label={t('filters.tag')}
          all={t('filters.allTags')}
          choices={tags.map(({ tag, count }) => ({ value: tag, title: tag, count }))}
          value={filters.tag}
          onChange={(tag) => onChange({ tag })}
        />
      )}
      {isNarrowed(filters) && (
        <Button variant="subtle" onClick={() => onChange({ state: null, channel: null, tag: null, q: null })}>
          {t('clear')}
        </Button>
      )}
      <span className="grow" />
      <span className="sm muted num" aria-live="polite">
        {t('count', { shown, count: rows.length })}
      </span>
    </div>
  );
}
