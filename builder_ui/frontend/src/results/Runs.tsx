// The runs of the period: who, what became of it, where it stands and since when; narrowed as one likes.
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useBuilder } from '../builder/store';
import { nameOfNode } from '../document/template';
import { Chip, type Tone } from '../ui/Chip';
import { Empty } from '../ui/Empty';
import { Failed } from '../ui/Failed';
import { Loading } from '../ui/Loading';
import { moment } from '../ui/time';
import { useRuns, type Fate, type Filter, type Period, type RunRow } from './results-api';
import { RunFilter } from './RunFilter';

export const tones: Record<Fate, Tone> = { waiting: 'info', dropped: 'warn', handed_off: 'accent', failed: 'bad', completed: 'ok', ended: 'plain' };
type Props = { period: Period; filter: Filter; onFilter: (filter: Filter) => void; onOpen: (run: { id: string; version: number }) => void };

export function Runs({ period, filter, onFilter, onOpen }: Props) {
  const { t } = useTranslation('results');
  const { id } = useBuilder((builder) => builder.flow);
  const document = useBuilder((builder) => builder.shown ?? builder.edited.document);
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const runs = useRuns(id, period, filter);
  const all = runs.data?.pages.flatMap((page) => page.runs) ?? [];
  return (
    <>
      <RunFilter filter={filter} onFilter={onFilter} />
      {runs.isPending && <Loading rows={5} />}
      {runs.isError && <Failed error={runs.error} onRetry={() => void runs.refetch()} />}
      {runs.isSuccess && all.length === 0 && <Empty title={t('noRuns')}>{t('noRunsHint')}</Empty>}
      <ul className="res-runs" aria-label={t('tabs.runs')}>
        {all.map((run) => (
          <li key={run.id}>
            <button type="button" className="res-run" onClick={() => onOpen({ id: run.id, version: run.version })}>
              <span className="row">
                <b className="grow ell">{run.contact === null ? t('hidden') : run.contact.name || t('nameless')}</b>
                <span className="xs muted num">{moment(run.since ?? run.ended_at ?? run.started_at, language)}</span>
              </span>
              <span className="row">
                <Chip tone={tones[run.fate]}>{t(`fate.${run.fate}`)}</Chip>
                <span className="sm muted grow ell">{run.node === null ? '' : nameOfNode(document, types, run.node, language)}</span>
                <span className="xs muted num">v{run.version}</span>
              </span>
              {why(run) !== null && <span className="sm res-why">{why(run)}</span>}
            </button>
          </li>
        ))}
      </ul>
      {runs.hasNextPage && (
        <Button variant="subtle" loading={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>
          {t('older')}
        </Button>
      )}
    </>
  );
}

/** What went wrong, in the engine's words. */
function why(run: RunRow): string | null {
  return run.fate === 'failed' ? run.error : null;
}
