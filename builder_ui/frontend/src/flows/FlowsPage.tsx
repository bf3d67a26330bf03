// The list of flows: folders, filters, what is live, where, how it does; new, import and export, duplicate, archive.
import { Button } from '@mantine/core';
import { IconPlus, IconUpload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useCallback, useRef, useState, type ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { JsonObject } from '../document/json';
import { may } from '../may';
import { useSession } from '../session';
import { PageHead } from '../shell/PageHead';
import { Empty } from '../ui/Empty';
import { Failed } from '../ui/Failed';
import { Loading } from '../ui/Loading';
import { toast } from '../ui/toast';
import { ArchiveTable } from './ArchiveTable';
import { download, fileOfBundle, readFlows } from './files';
import { FilterBar } from './FilterBar';
import { addressWith, filtersOf, isNarrowed, NONE, passes, tagsOf, type FilterName } from './finding';
import { FlowTable } from './FlowTable';
import { exportFlows, useFlowList, type FlowRow } from './flows-api';
import { FolderPane } from './FolderPane';
import { ImportDialog } from './ImportDialog';
import { kinds } from './kinds';
import { MoveDialog } from './MoveDialog';
import { NewFlowDialog } from './NewFlowDialog';
import { whyNot } from './refusals';
import { SelectionBar } from './SelectionBar';
import { TagsDialog } from './TagsDialog';
import { useArrivals } from './useArrivals';
import { useShelving } from './useShelving';
import './flows.css';
import './import.css';

const NOBODY: ReadonlySet<string> = new Set();
const NOTHING: FlowRow[] = [];

export default function FlowsPage() {
  const { t, i18n } = useTranslation('flows');
  const list = useFlowList();
  const edits = may(useSession().data?.member.role, 'edit flows');
  const [params, setParams] = useSearchParams();
  const filters = filtersOf(params);
  const { kind, archived } = filters;
  const [naming, setNaming] = useState<'empty' | 'ready' | null>(null);
  const [bundle, setBundle] = useState<JsonObject | null>(null);
  const [chosen, setChosen] = useState(NOBODY);
  const [moving, setMoving] = useState<FlowRow[]>(NOTHING);
  const [tagging, setTagging] = useState<FlowRow[]>(NOTHING);
  const file = useRef<HTMLInputElement>(null);
  const main = useRef<HTMLDivElement>(null);
  const all = list.data?.flows ?? NOTHING;
  const folders = list.data?.folders ?? [];
  const rows = all.filter((row) => row.kind === kind);
  const found = rows.filter((row) => passes(row, filters));
  const selected = found.filter((row) => chosen.has(row.id));
  const { move, tag } = useShelving(all, folders);
  const address = (changes: Partial<Record<FilterName, string | null>>) => `/flows?${addressWith(params, changes).toString()}`;
  const folder = folders.find((each) => each.id === filters.folder);

  const read = useCallback(
    (text: string, name: string | null) => {
      const flowsIn = readFlows(text);
      if (flowsIn.kind === 'flows') setBundle(flowsIn.bundle);
      else if (name !== null || flowsIn.kind === 'nodes') toast({ text: t(`import.${flowsIn.kind}`, { name: name ?? t('import.pasted') }), stays: true });
    },
    [t],
  );
  const arrivals = useArrivals(edits && bundle === null && naming === null, read);

  const take = useMutation({
    mutationFn: async (wanted: FlowRow[]) => {
      const keys = wanted.map((row) => row.key);
      download(fileOfBundle(await exportFlows(keys), keys, new Date()));
    },
    onSuccess: (_, wanted) => {
      setChosen(NOBODY);
      toast({ text: t('acts.exported', { count: wanted.length }) });
    },
    onError: (error) => toast({ text: t('acts.notExported', { why: whyNot(error, t, i18n.language) }), stays: true }),
  });

  async function onFile(event: ChangeEvent<HTMLInputElement>) {
    const input = event.currentTarget;
    const given = input.files?.[0];
    if (given === undefined) return;
    const text = await given.text();
    input.value = '';
    read(text, given.name);
  }

  const change = (changes: Partial<Record<FilterName, string | null>>) => setParams((now) => addressWith(now, changes), { replace: true });
  const fresh = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setNaming('empty')}>
      {t('new.act')}
    </Button>
  );
  const firstOnes = (
    <>
      {fresh}
      <Button variant="subtle" onClick={() => setNaming('ready')}>
        {t('new.ready')}
      </Button>
    </>
  );
  return (
    <>
      <PageHead title={t('title')}>
        <nav className="flows-tabs" aria-label={t('kinds.label')}>
          {kinds.map((each) => (
            <Link key={each} to={address({ kind: each, archived: null })} aria-current={each === kind && !archived ? 'page' : undefined}>
              {t(`kinds.${each}.many`)} <span className="num">{all.filter((row) => row.kind === each).length}</span>
            </Link>
          ))}
        </nav>
        <span className="grow" />
        {edits && (
          <>
            <Button className="flows-act flows-import" leftSection={<IconUpload size={16} />} onClick={() => file.current?.click()}>
              {t('import.act')}
            </Button>
            <Button className="flows-act" variant="filled" leftSection={<IconPlus size={16} />} onClick={() => setNaming('empty')}>
              {t('new.act')}
            </Button>
            <input ref={file} type="file" accept="application/json,.json" aria-label={t('import.file')} hidden onChange={(event) => void onFile(event)} />
          </>
        )}
      </PageHead>
      <div className={`flows${arrivals.over ? ' is-over' : ''}`} {...arrivals.target}>
        {arrivals.over && <p className="flows-drop">{t('import.drop')}</p>}
        {list.data !== undefined && (
          <FolderPane
            list={list.data} rows={rows} filters={filters} edits={edits} archive={address({ archived: '1', folder: null })}
            to={(id) => address({ folder: id, archived: null })} onMove={(ids, to) => move(ids, to)}
          />
        )}
        <div className="flows-main" ref={main}>
          {list.isPending && <Loading rows={6} />}
          {list.isError && <Failed error={list.error} title={t('failed')} onRetry={() => void list.refetch()} />}
          {archived && list.data !== undefined && <ArchiveTable edits={edits} />}
          {!archived && list.data !== undefined && rows.length === 0 && (
            <Empty title={t(`kinds.${kind}.none`)} actions={edits ? firstOnes : undefined}>
              {t(`kinds.${kind}.what`)}
            </Empty>
          )}
          {!archived && rows.length > 0 && (
            <>
              <FilterBar rows={rows} shown={found.length} filters={filters} onChange={change} />
              {found.length > 0 && (
                <FlowTable
                  rows={found} folders={folders} chosen={chosen} edits={edits} scroller={main} onChoose={setChosen}
                  onExport={(wanted) => take.mutate(wanted)} onMove={setMoving} onTag={setTagging}
                />
              )}
              {found.length === 0 && !isNarrowed(filters) && (
                <Empty title={t('folders.empty', { name: folder?.name ?? t('folders.none') })} actions={edits && filters.folder !== NONE ? fresh : undefined}>
                  {t('folders.how')}
                </Empty>
              )}
              {found.length === 0 && isNarrowed(filters) && (
                <Empty title={t('none')} actions={<Button onClick={() => change({ state: null, channel: null, tag: null, q: null, folder: null })}>{t('clear')}</Button>} />
              )}
            </>
          )}
        </div>
      </div>
      {selected.length > 0 && !archived && (
        <SelectionBar
          count={selected.length} busy={take.isPending} edits={edits} onMove={() => setMoving(selected)} onTag={() => setTagging(selected)}
          onExport={() => take.mutate(selected)} onClear={() => setChosen(NOBODY)}
        />
      )}
      {naming !== null && <NewFlowDialog kind={kind} folder={folder?.id ?? null} ready={naming === 'ready'} onClose={() => setNaming(null)} />}
      {bundle !== null && <ImportDialog bundle={bundle} title={t('import.title')} onClose={() => setBundle(null)} />}
      {moving.length > 0 && <MoveDialog rows={moving} folders={folders} onMove={(to) => move(moving.map((row) => row.id), to)} onClose={() => setMoving(NOTHING)} />}
      {tagging.length > 0 && (
        <TagsDialog
          rows={tagging} known={tagsOf(all).map((each) => each.tag)}
          onSave={(added, removed) => tag(tagging.map((row) => row.id), added, removed)} onClose={() => setTagging(NOTHING)}
        />
      )}
    </>
  );
}
