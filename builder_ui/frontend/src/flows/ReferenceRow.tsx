// One thing that a bundle names and the account lacks: another that stands for it, a new one, or left open.
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Things } from '../document/schema';
import { candidatesFor, comesAlong, nameIn, type Decision, type Decisions, type Found } from './bundle';

type Props = {
  found: Found;
  /** The names of the bundle's flows, by key. */
  names: ReadonlyMap<string, string>;
  things: Things;
  decisions: Decisions;
  locked: boolean;
  onDecide: (decision: Decision) => void;
};

export function ReferenceRow({ found, names, things, decisions, locked, onDecide }: Props) {
  const { t } = useTranslation('flows');
  const kind = t(`things.${found.kind}`, { defaultValue: found.kind });
  const decision = decisions[nameIn(found)] ?? { kind: 'leave' };
  return (
    <li className="import-row">
      <span className="grow">
        <span className="sm muted">{kind}</span>
        <b className="ell" title={found.name}>{found.name}</b>
        <span className="sm muted ell">{usedIn(found, names, (count) => t('steps', { count }), t('import.settings'))}</span>
      </span>
      {comesAlong(found, decisions, things) ? (
        <span className="sm muted">{t('import.withPipeline')}</span>
      ) : (
        <Select
          className="import-choice"
          aria-label={t('import.standIn', { kind, name: found.name })}
          description={decision.kind === 'leave' ? t('import.leftHint') : undefined}
          inputWrapperOrder={['input', 'description']}
          disabled={locked}
          allowDeselect={false}
          searchable
          nothingFoundMessage={t('nothingFound', { ns: 'common' })}
          data={choices()}
          value={decision.kind === 'use' ? `use:${decision.slug}` : decision.kind}
          onChange={(value) => value !== null && onDecide(read(value))}
        />
      )}
    </li>
  );

  function choices() {
    const same = new Set(found.candidates.map((each) => each.slug));
    const use = candidatesFor(found, decisions, things).map(({ slug, name }) => ({
      value: `use:${slug}`,
      label: same.has(slug) ? t('import.sameName', { name }) : t('import.use', { name }),
    }));
    const own = [
      ...(found.can_create ? [{ value: 'create', label: t('import.create', { name: found.name }) }] : []),
      { value: 'leave', label: t('import.leave') },
    ];
    const first = use.filter((each) => same.has(each.value.slice('use:'.length)));
    const others = use.filter((each) => !first.includes(each));
    return [
      { group: t('import.offered'), items: [...first, ...own] },
      ...(others.length > 0 ? [{ group: t('import.another', { kind }), items: others }] : []),
    ];
  }
}

function read(value: string): Decision {
  if (value === 'create' || value === 'leave') return { kind: value };
  return { kind: 'use', slug: value.slice('use:'.length) };
}

function usedIn(found: Found, names: ReadonlyMap<string, string>, steps: (count: number) => string, settings: string): string {
  return found.used_in
    .map(({ flow, nodes }) => {
      const count = nodes.filter((node) => node !== null).length;
      return `${names.get(flow) ?? flow} · ${count === 0 ? settings : steps(count)}`;
    })
    .join(' · ');
}
