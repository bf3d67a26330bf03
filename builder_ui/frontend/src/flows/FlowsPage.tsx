// The list of flows: what is live, where, how it does; new, import and export of bundles, duplicate, archive.
import { Button, TextInput } from '@mantine/core';
import { IconPlus, IconSearch, IconUpload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState, type ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { JsonObject } from '../document/json';
import { may } from '../may';
import { useSession } from '../session';
import { PageHead } from '../shell/PageHead';
import { Empty } from '../ui/Empty';
import { Failed } from '../ui/Failed';
import { fold } from '../ui/fold';
import { Loading } from '../ui/Loading';
import { toast } from '../ui/toast';
import { download, fileOfBundle, readFlows } from './files';
import { FlowTable } from './FlowTable';
import { exportFlows, useFlows, type FlowRow } from './flows-api';
import { ImportDialog } from './ImportDialog';
import { kindOf, kinds, type Kind } from './kinds';
import { NewFlowDialog } from './NewFlowDialog';
import { whyNot } from './refusals';
import { SelectionBar } from './SelectionBar';
import { useArrivals } from './useArrivals';
import './flows.css';
import './import.css';

const NOBODY: ReadonlySet<string> = new Set();

export default function FlowsPage() {
  const { t, i18n } = useTranslation('flows');
  const flows = useFlows();
  const edits = may(useSession().data?.member.role, 'edit flows');
  const [params] = useSearchParams();
  const kind = kindOf(params.get('kind'));
  const [query, setQuery] = useState('');
  const [naming, setNaming] = useState(false);
  const [bundle, setBundle] = useState<JsonObject | null>(null);
  const [chosen, setChosen] = useState(NOBODY);
  const file = useRef<HTMLInputElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const all = flows.data ?? [];
  const rows = all.filter((row) => row.kind === kind);
  const found = rows.filter((row) => fold(`${row.name} ${row.key}`).includes(fold(query)));
  const keys = all.flatMap((row) => (chosen.has(row.key) ? [row.key] : []));

  const read = useCallback(
    (text: string, name: string | null) => {
      const flowsIn = readFlows(text);
      if (flowsIn.kind === 'flows') setBundle(flowsIn.bundle);
      else if (name !== null || flowsIn.kind === 'nodes') toast({ text: t(`import.${flowsIn.kind}`, { name: name ?? t('import.pasted') }), stays: true });
    },
    [t],
  );
  const arrivals = useArrivals(edits && bundle === null && !naming, read);

  const take = useMutation({
    mutationFn: async (wanted: string[]) => download(fileOfBundle(await exportFlows(wanted), wanted, new Date())),
    onSuccess: (_, wanted) => {
      setChosen(NOBODY);
      toast({ text: t('acts.exported', { count: wanted.length }) });
    },
    onError: (error) => toast({ text: t('acts.notExported', { why: whyNot(error, t, i18n.language) }), stays: true }),
  });

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key !== '/' || event.target instanceof HTMLInputElement) return;
      event.preventDefault();
      search.current?.focus();
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  async function onFile(event: ChangeEvent<HTMLInputElement>) {
    const input = event.currentTarget;
    const given = input.files?.[0];
    if (given === undefined) return;
    const text = await given.text();
    input.value = '';
    read(text, given.name);
  }

  const fresh = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setNaming(true)}>
      {t('new.act')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('title')}>
        <Tabs rows={all} kind={kind} />
        <span className="grow" />
        {edits && (
          <>
            <Button className="flows-act flows-import" leftSection={<IconUpload size={16} />} onClick={() => file.current?.click()}>
              {t('import.act')}
            </Button>
            <Button className="flows-act" variant="filled" leftSection={<IconPlus size={16} />} onClick={() => setNaming(true)}>
              {t('new.act')}
            </Button>
            <input ref={file} type="file" accept="application/json,.json" aria-label={t('import.file')} hidden onChange={(event) => void onFile(event)} />
          </>
        )}
      </PageHead>
      <div className={`flows${arrivals.over ? ' is-over' : ''}`} {...arrivals.target}>
        {arrivals.over && <p className="flows-drop">{t('import.drop')}</p>}
        {flows.isPending && <Loading rows={6} />}
        {flows.isError && <Failed error={flows.error} title={t('failed')} onRetry={() => void flows.refetch()} />}
        {flows.data !== undefined && rows.length === 0 && (
          <Empty title={t(`kinds.${kind}.none`)} actions={edits ? fresh : undefined}>
            {t(`kinds.${kind}.what`)}
          </Empty>
        )}
        {rows.length > 0 && (
          <>
            <div className="flows-bar">
              <TextInput
                ref={search}
                className="flows-search"
                aria-label={t('search')}
                placeholder={t('search')}
                leftSection={<IconSearch size={14} />}
                rightSection={<span className="ui-kbd">/</span>}
                value={query}
                onChange={(event) => setQuery(event.currentTarget.value)}
              />
              <span className="grow" />
              <span className="sm muted num">{t('count', { shown: found.length, count: rows.length })}</span>
            </div>
            {found.length === 0 ? (
              <Empty title={t('none')} actions={<Button onClick={() => setQuery('')}>{t('clear')}</Button>} />
            ) : (
              <FlowTable rows={found} chosen={chosen} edits={edits} onChoose={setChosen} onExport={(wanted) => take.mutate(wanted)} />
            )}
          </>
        )}
      </div>
      {keys.length > 0 && <SelectionBar count={keys.length} busy={take.isPending} onExport={() => take.mutate(keys)} onClear={() => setChosen(NOBODY)} />}
      {naming && <NewFlowDialog kind={kind} onClose={() => setNaming(false)} />}
      {bundle !== null && <ImportDialog bundle={bundle} title={t('import.title')} onClose={() => setBundle(null)} />}
    </>
  );
}

function Tabs({ rows, kind }: { rows: FlowRow[]; kind: Kind }) {
  const { t } = useTranslation('flows');
  return (
    <nav className="flows-tabs" aria-label={t('kinds.label')}>
      {kinds.map((each) => (
        <Link key={each} to={each === 'chatbot' ? '/flows' : `/flows?kind=${each}`} aria-current={each === kind ? 'page' : undefined}>
          {t(`kinds.${each}.many`)} <span className="num">{rows.filter((row) => row.kind === each).length}</span>
        </Link>
      ))}
    </nav>
  );
}
