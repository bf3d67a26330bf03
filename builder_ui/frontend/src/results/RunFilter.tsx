// Narrows the list of runs: by what became of them, by step and way out, by contact.
import { ActionIcon, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useBuilder } from '../builder/store';
import { ContactSearch } from '../contacts/ContactSearch';
import { portsOf } from '../document/ports';
import { nameOfNode } from '../document/template';
import { may } from '../may';
import { useSession } from '../session';
import { fates, type Filter } from './results-api';

type Props = { filter: Filter; onFilter: (filter: Filter) => void };
type Place = { stopped_at: string } | { node: string; port?: string };
const inside = { withinPortal: false };
const MOST_OPTIONS = 100; // that are drawn; whoever looks for another one types

export function RunFilter({ filter, onFilter }: Props) {
  const { t } = useTranslation('results');
  const role = useSession().data?.member.role;
  const { fate, contact, stopped_at, node, port } = filter;
  const place = stopped_at === undefined ? (node === undefined ? undefined : port === undefined ? { node } : { node, port }) : { stopped_at };
  return (
    <div className="res-filter">
      <Select
        size="xs"
        aria-label={t('became')}
        allowDeselect={false}
        data={[{ value: '', label: t('allFates') }, ...fates.map((each) => ({ value: each, label: t(`fate.${each}`) }))]}
        value={fate ?? ''}
        onChange={(value) => onFilter(filtered({ place, contact, fate: fates.find((each) => each === value) }))}
      />
      <Steps place={place} onPlace={(next) => onFilter(filtered({ place: next, contact, fate }))} />
      {contact !== undefined ? (
        <span className="res-step">
          <span className="ell">{t('ofContact', { name: contact.name })}</span>
          <ActionIcon size={20} aria-label={t('anyContact')} onClick={() => onFilter(filtered({ place, fate }))}>
            <IconX size={12} />
          </ActionIcon>
        </span>
      ) : (
        may(role, 'see contacts') && <ContactSearch size="xs" label={t('contact')} placeholder={t('contactHint')} combobox={inside} onPick={(person) => onFilter(filtered({ place, contact: person, fate }))} />
      )}
    </div>
  );
}

/** Each step: passed at all, by which way out, stands there. */
function Steps({ place, onPlace }: { place: Place | undefined; onPlace: (place: Place | undefined) => void }) {
  const { t } = useTranslation('results');
  const document = useBuilder((builder) => builder.shown ?? builder.edited.document);
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const places = useMemo(
    () =>
      document.nodes.flatMap((node): { place: Place; label: string }[] => {
        const name = nameOfNode(document, types, node.id, language);
        return [
          { place: { node: node.id }, label: t('passed', { name }) },
          ...portsOf(node, types, language, document, new Set()).map((port) => ({ place: { node: node.id, port: port.id }, label: `${name} → ${port.title}` })),
          { place: { stopped_at: node.id }, label: t('standsAt', { name }) },
        ];
      }),
    [document, types, language, t],
  );
  const byKey = new Map(places.map((each) => [keyOf(each.place), each]));
  // A version that is no longer drawn may have had the step.
  const gone = place !== undefined && !byKey.has(keyOf(place)) ? [{ value: keyOf(place), label: 'stopped_at' in place ? place.stopped_at : [place.node, place.port].filter(Boolean).join(' → ') }] : [];
  return (
    <Select
      size="xs"
      searchable
      clearable
      limit={MOST_OPTIONS}
      aria-label={t('step')}
      placeholder={t('anyStep')}
      nothingFoundMessage={t('nothingFound', { ns: 'common' })}
      comboboxProps={inside}
      data={[...gone, ...[...byKey].map(([value, { label }]) => ({ value, label }))]}
      value={place === undefined ? null : keyOf(place)}
      onChange={(value) => onPlace(value === null ? undefined : (byKey.get(value)?.place ?? place))}
    />
  );
}

function keyOf(place: Place): string {
  return JSON.stringify('stopped_at' in place ? [place.stopped_at] : [place.node, place.port ?? '']);
}

function filtered({ place, contact, fate }: { place?: Place | undefined; contact?: Filter['contact'] | undefined; fate?: Filter['fate'] | undefined }): Filter {
  return { ...place, ...(contact === undefined ? {} : { contact }), ...(fate === undefined ? {} : { fate }) };
}
