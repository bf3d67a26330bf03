// Results: which version and period, then what one wants to know of it; the canvas shows the same numbers.
import './results.css';
import { ActionIcon, Button, Select, Tabs } from '@mantine/core';
import { IconDownload, IconX } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useVersion, useVersions } from '../builder/flow-api';
import { useBuilder, useBuilderStore } from '../builder/store';
import { withPlaces } from '../document/drawing';
import { heatOf } from '../document/heat';
import { Empty } from '../ui/Empty';
import { Failed } from '../ui/Failed';
import { Loading } from '../ui/Loading';
import { AnswersTable } from './AnswersTable';
import { NotUnderstood } from './NotUnderstood';
import { Numbers } from './Numbers';
import { answersFile } from './paths-api';
import { People } from './People';
import { Rail, tabs } from './Rail';
import { Replay } from './Replay';
import { Runs } from './Runs';
import { Splits } from './Splits';
import { useResults, type Filter, type Period } from './results-api';

const days = [1, 7, 30, 90];

export default function ResultsView() {
  const { t } = useTranslation('results');
  const store = useBuilderStore();
  const { id } = useBuilder((builder) => builder.flow);
  const live = useBuilder((builder) => builder.live);
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const [period, setPeriod] = useState<Period>({ version: live?.number ?? null, days: 7 });
  const [search] = useSearchParams();
  const [tab, setTab] = useState<string>(() => tabs.find(({ id }) => id === search.get('results'))?.id ?? 'numbers');
  const [filter, setFilter] = useState<Filter>({});
  const [run, setRun] = useState<{ id: string; version: number } | null>(() => store.getState().runAsked);
  useEffect(() => store.getState().set({ runAsked: null }), [store]);
  const versions = useVersions(id).data ?? [];
  const results = useResults(id, period);
  const drawn = useVersion(id, run?.version ?? period.version ?? live?.number ?? null).data;
  const shown = useMemo(() => (drawn === undefined ? null : withPlaces(drawn.document, types, language)), [drawn, types, language]);
  const nodes = results.data?.nodes;
  useEffect(() => {
    if (shown === null || nodes === undefined) return;
    // The way of one run is seen without the numbers of all.
    store.getState().set({ shown, heat: run === null ? heatOf(shown, nodes) : null });
  }, [store, shown, nodes, run]);

  const isDrawn = shown !== null;
  useEffect(() => {
    if (!isDrawn) return;
    // After the pane has taken its room.
    const timer = setTimeout(() => store.getState().look([]), 60);
    return () => clearTimeout(timer);
  }, [store, isDrawn]);

  function open(next: string) {
    setRun(null);
    setTab(next);
    store.getState().open(null);
  }

  function show(wanted: Filter) {
    setFilter(wanted);
    open('runs');
  }

  return (
    <Tabs value={tab} orientation="vertical" keepMounted={false} className="res-whole" onChange={(next) => open(next ?? 'numbers')}>
      {live !== null && <Rail />}
      {live !== null && run === null && tab === 'answers' && <AnswersTable period={period} onOpen={setRun} />}
      <aside className="bld-side res" aria-label={t('title')}>
        <div className="bld-side-head">
          <h3 className="grow">{t('title')}</h3>
          {live !== null && (
            <Button component="a" size="xs" variant="subtle" color="gray" download href={answersFile(id, period, language)} leftSection={<IconDownload size={16} />} aria-label={t('answers.export')}>
              {t('answers.exportShort')}
            </Button>
          )}
          <ActionIcon size={28} aria-label={t('close', { ns: 'common' })} onClick={() => store.getState().set({ side: 'none' })}>
            <IconX size={16} />
          </ActionIcon>
        </div>
        {live === null ? (
          <Empty title={t('empty')}>{t('emptyHint')}</Empty>
        ) : run !== null ? (
          <Replay id={run.id} onBack={() => setRun(null)} />
        ) : (
          <>
            <div className="res-period">
              <Select
                size="xs"
                aria-label={t('version')}
                allowDeselect={false}
                data={[...versions.map(({ number }) => ({ value: String(number), label: t('versionOf', { number }) })), { value: '', label: t('allVersions') }]}
                value={period.version === null ? '' : String(period.version)}
                onChange={(value) => setPeriod({ ...period, version: value === null || value === '' ? null : Number(value) })}
              />
              <Select
                size="xs"
                aria-label={t('period')}
                allowDeselect={false}
                data={days.map((each) => ({ value: String(each), label: t('days', { count: each }) }))}
                value={String(period.days)}
                onChange={(value) => setPeriod({ ...period, days: Number(value) })}
              />
            </div>
            <Tabs.Panel value={tab} className="bld-side-body is-list res-body">
              {tab === 'numbers' && results.isPending && <Loading rows={4} />}
              {tab === 'numbers' && results.isError && <Failed error={results.error} onRetry={() => void results.refetch()} />}
              {tab === 'numbers' && results.data !== undefined && <Numbers results={results.data} period={period} onShow={show} />}
              {tab === 'runs' && <Runs period={period} filter={filter} onFilter={setFilter} onOpen={setRun} />}
              {tab === 'tests' && <Splits period={period} />}
              {tab === 'invalid' && <NotUnderstood period={period} />}
              {tab === 'answers' && <p className="res-none">{t('answers.hint')}</p>}
              {tab === 'people' && <People />}
            </Tabs.Panel>
          </>
        )}
      </aside>
    </Tabs>
  );
}
