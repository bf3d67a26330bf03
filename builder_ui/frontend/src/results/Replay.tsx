// One run turn by turn: what was heard, which steps it passed and why, what was answered; its way is lit on the canvas.
import '../simulator/simulator.css';
import { ActionIcon } from '@mantine/core';
import { IconArrowLeft, IconChevronLeft, IconChevronRight, IconMessages } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useBuilder, useBuilderStore } from '../builder/store';
import { trailOf } from '../document/trail';
import { Failed } from '../ui/Failed';
import { Loading } from '../ui/Loading';
import { ReplayTurn } from './ReplayTurn';
import { useRun, type Run } from './results-api';

export function Replay({ id, onBack }: { id: string; onBack: () => void }) {
  const { t } = useTranslation('results');
  const flow = useBuilder((builder) => builder.flow);
  const run = useRun(flow.id, id);
  const conversation = run.data?.conversation ?? null;
  return (
    <>
      <div className="res-replay-head">
        <ActionIcon size={28} aria-label={t('allRuns')} onClick={onBack}>
          <IconArrowLeft size={16} />
        </ActionIcon>
        <div className="grow">
          <b className="ell">{run.data?.contact?.name || t(run.data?.contact === null ? 'hidden' : 'nameless')}</b>
          {run.data !== undefined && <div className="xs muted">{t('versionOf', { number: run.data.version })}</div>}
        </div>
        {conversation !== null && (
          <ActionIcon size={28} component={Link} to={`/inbox/${conversation}`} aria-label={t('conversation')}>
            <IconMessages size={16} />
          </ActionIcon>
        )}
      </div>
      {run.isPending && <Loading rows={4} />}
      {run.isError && <Failed error={run.error} onRetry={() => void run.refetch()} />}
      {run.data !== undefined && <Turns run={run.data} />}
    </>
  );
}

function Turns({ run }: { run: Run }) {
  const { t } = useTranslation('results');
  const store = useBuilderStore();
  const [place, setPlace] = useState(run.turns.length - 1);
  const last = run.turns.length - 1;
  useEffect(() => {
    const passed = run.turns.slice(0, place + 1).flatMap((turn) => turn.steps);
    const pointed = run.turns[place]?.steps ?? [];
    const waits = place === last ? run.node : (pointed.findLast((step) => step.port === null)?.node ?? null);
    store.getState().set({ trail: trailOf(passed, waits, pointed) });
    const first = pointed[0]?.node;
    if (first !== undefined) store.getState().look([first], true);
  }, [store, run, place, last]);
  useEffect(() => () => store.getState().set({ trail: null }), [store]);

  if (last < 0) return <p className="res-none">{t('forgotten')}</p>;
  return (
    <>
      {run.hidden && <p className="res-none">{t('wordsHidden')}</p>}
      <div className="res-turns sim-thread" role="log" aria-label={t('replay')} tabIndex={0}>
        {run.turns.map((turn, index) => (
          <ReplayTurn key={turn.number} turn={turn} hidden={run.hidden} isChosen={index === place} isAfter={index > place} onChoose={() => setPlace(index)} />
        ))}
        {run.status !== 'open' && <div className="sim-line">{t(`over.${run.status}`)}</div>}
      </div>
      <div className="res-steps">
        <ActionIcon size={28} aria-label={t('before')} disabled={place === 0} onClick={() => setPlace(place - 1)}>
          <IconChevronLeft size={16} />
        </ActionIcon>
        <span className="grow num" aria-live="polite">{t('turnOf', { place: place + 1, count: last + 1 })}</span>
        <ActionIcon size={28} aria-label={t('next')} disabled={place === last} onClick={() => setPlace(place + 1)}>
          <IconChevronRight size={16} />
        </ActionIcon>
      </div>
    </>
  );
}
