// The tags of a contact or a conversation: to read, or to put on and take off; each change counts at once.
import { MultiSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Chip } from '../ui/Chip';
import { useTags } from './things';

type Props = { label: string; tags: string[]; locked: boolean; onChange: (change: { add: string[]; remove: string[] }) => void };

export function Tags({ label, tags, locked, onChange }: Props) {
  const { t } = useTranslation('inbox');
  const known = useTags().data ?? [];
  const nameOf = (slug: string) => known.find((tag) => tag.slug === slug)?.name ?? slug;
  if (locked) {
    if (tags.length === 0) return <p className="muted">{t('pane.none')}</p>;
    return <p className="inbox-chips">{tags.map((slug) => <Chip key={slug} tone="line">{nameOf(slug)}</Chip>)}</p>;
  }
  const lost = tags.filter((slug) => known.every((tag) => tag.slug !== slug));
  return (
    <MultiSelect
      aria-label={label}
      data={[...known.map(({ slug, name }) => ({ value: slug, label: name })), ...lost.map((slug) => ({ value: slug, label: slug }))]}
      value={tags}
      className="inbox-tags"
      placeholder={t('pane.addTag')}
      rightSection={null}
      searchable
      hidePickedOptions
      nothingFoundMessage={t('nothingFound', { ns: 'common' })}
      onChange={(next) => onChange({ add: next.filter((slug) => !tags.includes(slug)), remove: tags.filter((slug) => !next.includes(slug)) })}
    />
  );
}
