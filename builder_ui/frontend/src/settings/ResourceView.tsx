// One kind of thing: search, list, what to do where there is none, and the form of the one that is open.
import { Button, TextInput } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useReferences } from '../builder/flow-api';
import { textOf, type JsonObject } from '../document/json';
import type { NodeTypes, Thing } from '../document/schema';
import { may } from '../may';
import { useSession } from '../session';
import { Empty } from '../ui/Empty';
import { Failed } from '../ui/Failed';
import { fold } from '../ui/fold';
import { Loading } from '../ui/Loading';
import { hours } from './resources/people';
import { idOf, type Resource } from './resource';
import { textOfValue, useThing, useThingList } from './settings-api';
import { ThingPane } from './ThingPane';
import { ThingTable } from './ThingTable';

const NEW = '+';

export function ResourceView({ resource, types: schemas, opened }: { resource: Resource; types: NodeTypes; opened: string | undefined }) {
  const { t } = useTranslation('settings');
  const navigate = useNavigate();
  const list = useThingList(resource);
  const types = useAccountTypes(schemas);
  const role = useSession().data?.member.role;
  const [query, setQuery] = useState('');
  /** A form begins anew with what was saved. */
  const [saves, setSaves] = useState(0);
  const rows = useMemo(() => list.data ?? [], [list.data]);
  const found = rows.filter((row) => fold(Object.values(row).map(textOfValue).join(' ')).includes(fold(query)));
  const mayEdit = resource.edit !== null && may(role, resource.edit);
  const inList = rows.find((row) => idOf(resource, row) === opened);
  const thing = useThing(resource, inList);
  const home = `/settings/${resource.id}`;
  const add = (
    <Button variant={opened === undefined ? 'filled' : 'default'} leftSection={<IconPlus size={16} />} onClick={() => void navigate(`${home}/${NEW}`)}>
      {t(`things.${resource.id}.new`)}
    </Button>
  );
  const pane = {
    resource,
    types,
    others: rows,
    readOnly: !mayEdit,
    onClose: () => void navigate(home),
    onSaved: (id: string) => {
      setSaves(saves + 1);
      void navigate(`${home}/${encodeURIComponent(id)}`);
    },
  };

  return (
    <>
      <section className="set-list" aria-label={t(`things.${resource.id}.title`)}>
        <div className="set-bar">
          <h2>{t(`things.${resource.id}.title`)}</h2>
          {rows.length > 0 && <span className="sm muted num">{t('count', { count: rows.length })}</span>}
          <span className="grow" />
          {rows.length > 4 && (
            <TextInput
              className="set-search"
              aria-label={t('search')}
              placeholder={t('search')}
              leftSection={<IconSearch size={14} />}
              value={query}
              onChange={(event) => setQuery(event.currentTarget.value)}
            />
          )}
          {mayEdit && resource.stays !== true && add}
        </div>
        <p className="set-about">{t(`things.${resource.id}.about`)}</p>
        {list.isPending && <Loading rows={5} />}
        {list.isError && <Failed error={list.error} title={t('failed')} onRetry={() => void list.refetch()} />}
        {list.data !== undefined && rows.length === 0 && <Empty title={t(`things.${resource.id}.none`)} />}
        {rows.length > 0 && found.length === 0 && (
          <Empty title={t('nothing')} actions={<Button onClick={() => setQuery('')}>{t('clear')}</Button>} />
        )}
        {found.length > 0 && <ThingTable resource={resource} rows={found} types={types} opened={opened} />}
      </section>
      {opened === NEW && mayEdit && resource.stays !== true && <ThingPane key={NEW} {...pane} thing={null} />}
      {inList !== undefined && thing !== undefined && <ThingPane key={`${opened ?? ''} ${String(saves)}`} {...pane} thing={thing} />}
    </>
  );
}

/** The schemas with the account's things: flows' references, and hours, which only teams name. */
function useAccountTypes(types: NodeTypes): NodeTypes {
  const things = useReferences().data;
  const allHours = useThingList(hours).data;
  return useMemo(() => ({ ...types, things: { ...things, hours: (allHours ?? []).map(named) } }), [types, things, allHours]);
}

function named(thing: JsonObject): Thing {
  return { ...thing, slug: textOf(thing['slug']), name: textOf(thing['name']) };
}
