// One flow: loaded, put together with what this device kept, and shown.
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import type { StoreApi } from 'zustand';
import { currentLanguage } from '../i18n';
import { withPlaces } from '../document/drawing';
import { noHistory } from '../document/history';
import type { NodeTypes } from '../document/schema';
import { Failed } from '../ui/Failed';
import { Loading } from '../ui/Loading';
import { flowApi, useNodeTypes, useReferences, type Flow } from './flow-api';
import { useSession } from '../session';
import { followOthers } from './following';
import { meetOthers } from './others';
import { kept, type Kept } from './keep';
import { autosave } from './saving';
import { BuilderProvider, createBuilder, type Builder } from './store';
import './builder.css';

const BuilderView = lazy(() => import('./BuilderView'));

export default function BuilderPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation('builder');
  const types = useNodeTypes();
  const opened = useQuery({
    queryKey: ['flow-opening', id],
    gcTime: 0,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    queryFn: async () => ({ flow: await flowApi.read(id), local: await kept(id) }),
  });
  const error = opened.error ?? types.error;
  if (error !== null) {
    return <Failed error={error} title={t('failed')} onRetry={() => void Promise.all([opened.refetch(), types.refetch()])} />;
  }
  if (opened.data === undefined || types.data === undefined) return <Loading />;
  return <Opened key={id} {...opened.data} types={types.data} />;
}

function Opened({ flow, local, types }: { flow: Flow; local: Kept | null; types: NodeTypes }) {
  const { t, i18n } = useTranslation('builder');
  const [search] = useSearchParams();
  const step = search.get('step');
  const [store] = useState(() => start(flow, local, types));
  useEffect(() => {
    const { edited, open, look } = store.getState();
    if (step === null || !edited.document.nodes.some((node) => node.id === step)) return;
    open(step);
    look([step]);
  }, [store, step]);
  const results = search.get('results');
  const run = search.get('run');
  const version = Number(search.get('version'));
  useEffect(() => {
    if (results !== null) store.getState().set({ side: 'results', runAsked: run === null ? null : { id: run, version } });
  }, [store, results, run, version]);
  useEffect(() => autosave(store), [store]);
  const me = useSession().data?.member.id ?? '';
  useEffect(() => followOthers(store, me, () => t('changedByOthers')), [store, me, t]);
  useEffect(() => (me === '' ? undefined : meetOthers(store, me)), [store, me]);
  useEffect(() => store.getState().set({ language: currentLanguage() }), [store, i18n.language]);
  const things = useReferences().data;
  useEffect(() => {
    if (things !== undefined) store.getState().set({ types: { ...types, things } });
  }, [store, types, things]);
  return (
    <BuilderProvider value={store}>
      <Suspense fallback={<Loading />}>
        <BuilderView />
      </Suspense>
    </BuilderProvider>
  );
}

/** What this device kept goes on if it stands on the server's revision; if both went on, the author decides. */
function start(flow: Flow, local: Kept | null, types: NodeTypes): StoreApi<Builder> {
  const language = currentLanguage();
  const ours = withPlaces(flow.document, types, language);
  if (local === null || (local.revision !== flow.revision && !local.unsaved)) {
    return createBuilder({ flow, document: ours, history: noHistory, unsaved: false }, types, language);
  }
  const { document, history, unsaved } = local;
  const store = createBuilder({ flow, document, history, unsaved }, types, language);
  if (local.revision !== flow.revision) {
    store.setState({ conflict: { theirs: flow.document, revision: flow.revision, by: null } });
  }
  return store;
}
