// The published versions; any of them can be brought back as the draft.
import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withPlaces } from '../document/drawing';
import { Chip } from '../ui/Chip';
import { Empty } from '../ui/Empty';
import { Failed } from '../ui/Failed';
import { Loading } from '../ui/Loading';
import { toast } from '../ui/toast';
import { moment } from '../ui/time';
import { AgainDialog } from '../versions/AgainDialog';
import { ComparePane, type Compared } from '../versions/ComparePane';
import { flowApi, useVersions, type Version } from './flow-api';
import { useBuilder, useBuilderStore } from './store';

export function HistoryPane() {
  const { t } = useTranslation('builder');
  const store = useBuilderStore();
  const { id } = useBuilder((builder) => builder.flow);
  const versions = useVersions(id);
  const [compared, setCompared] = useState<Compared | null>(() => {
    const { compareAsked } = store.getState();
    return compareAsked === null ? null : { from: compareAsked, to: null };
  });
  useEffect(() => store.getState().set({ compareAsked: null }), [store]);
  const [again, setAgain] = useState<number | null>(null);
  return (
    <aside className="bld-side" aria-label={t('history.title')}>
      <div className="bld-side-head">
        <h3 className="grow">{t('history.title')}</h3>
        <ActionIcon size={28} aria-label={t('close', { ns: 'common' })} onClick={() => store.getState().set({ side: 'none' })}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      {compared !== null ? (
        <ComparePane versions={versions.data ?? []} compared={compared} onCompare={setCompared} onBack={() => setCompared(null)} />
      ) : (
        <div className="bld-side-body is-list">
          {versions.isPending && <Loading rows={3} />}
          {versions.isError && <Failed error={versions.error} onRetry={() => void versions.refetch()} />}
          {versions.data?.length === 0 && <Empty title={t('history.empty')}>{t('history.emptyHint')}</Empty>}
          {versions.data?.map((version) => (
            <Row key={version.number} version={version} onCompare={() => setCompared({ from: version.number, to: null })} onAgain={() => setAgain(version.number)} />
          ))}
        </div>
      )}
      {again !== null && <AgainDialog number={again} next={(versions.data?.[0]?.number ?? 0) + 1} onClose={() => setAgain(null)} />}
    </aside>
  );
}

function Row({ version, onCompare, onAgain }: { version: Version; onCompare: () => void; onAgain: () => void }) {
  const { t } = useTranslation('builder');
  const store = useBuilderStore();
  const language = useBuilder((builder) => builder.language);
  const live = useBuilder((builder) => builder.live);
  const differs = useBuilder((builder) => builder.differs);
  const readOnly = useBuilder((builder) => builder.readOnly);
  const bringBack = useMutation({
    mutationFn: () => flowApi.version(store.getState().flow.id, version.number),
    onSuccess: ({ document }) => {
      const { change, types, undo } = store.getState();
      change({ kind: 'replace', document: withPlaces(document, types, language) });
      toast({ text: t('history.done', { number: version.number }), undo });
    },
    onError: () => toast({ text: t('history.failed'), stays: true }),
  });
  return (
    <div className="bld-version">
      <div className="row">
        <b className="num">{t('history.version', { number: version.number })}</b>
        {live?.number === version.number && <Chip tone="ok">{t('history.live')}</Chip>}
        <span className="grow" />
        <span className="xs muted num">{moment(version.published_at, language)}</span>
      </div>
      {version.note !== '' && <p>{version.note}</p>}
      {version.published_by !== null && <span className="sm muted ell">{version.published_by.name}</span>}
      <div className="row">
        <span className="grow" />
        {!readOnly && live !== null && live.number !== version.number && (
          <Button size="xs" variant="subtle" onClick={onAgain}>
            {t('again.short', { ns: 'results' })}
          </Button>
        )}
        <Button size="xs" variant="subtle" onClick={onCompare}>
          {t('compare.act', { ns: 'results' })}
        </Button>
        {!readOnly && (differs || live?.number !== version.number) && (
          <Button size="xs" loading={bringBack.isPending} onClick={() => bringBack.mutate()}>
            {t('history.back')}
          </Button>
        )}
      </div>
    </div>
  );
}
