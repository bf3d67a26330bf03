// Who is in the flow now, by version and step, and taking them out of it.
import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useVersion } from '../builder/flow-api';
import { useBuilder, useBuilderStore } from '../builder/store';
import { may } from '../may';
import { useSession } from '../session';
import { Empty } from '../ui/Empty';
import { Failed } from '../ui/Failed';
import { Loading } from '../ui/Loading';
import { countShown } from '../ui/numbers';
import { usePeople, type Stop, type Waiting } from './results-api';
import { MovePeopleDialog } from '../versions/MovePeopleDialog';
import { namesIn } from '../versions/names';
import { StopDialog } from './StopDialog';

export type Asked = { which: Stop; runs: number; where: string };

export function People() {
  const { t } = useTranslation('results');
  const queries = useQueryClient();
  const { id } = useBuilder((builder) => builder.flow);
  const language = useBuilder((builder) => builder.language);
  const mayStop = may(useSession().data?.member.role, 'edit flows');
  const people = usePeople(id);
  const live = useBuilder((builder) => builder.live)?.number;
  const [asked, setAsked] = useState<Asked | null>(null);
  const [isMoving, setMoving] = useState(false);
  if (people.isPending) return <Loading rows={4} />;
  if (people.isError) return <Failed error={people.error} onRetry={() => void people.refetch()} />;
  const { runs, waiting } = people.data;
  if (runs === 0) return <Empty title={t('nobody')}>{t('nobodyHint')}</Empty>;
  const numbers = [...new Set(waiting.map((each) => each.version))];
  const earlier = numbers.filter((number) => number !== live);
  return (
    <>
      <p className="res-present">
        <b className="num">{countShown(runs, language)}</b> {t('present', { count: runs })}
      </p>
      {numbers.map((number) => {
        const here = waiting.filter((each) => each.version === number);
        return <OfVersion key={number} number={number} waiting={here} onStop={mayStop ? setAsked : null} />;
      })}
      {mayStop && (
        <div className="row res-all">
          {live !== undefined && earlier.length > 0 && (
            <Button size="xs" variant="light" onClick={() => setMoving(true)}>
              {t('move.short', { ns: 'versions', number: live })}
            </Button>
          )}
          {numbers.length > 1 && (
            <Button size="xs" color="red" variant="light" onClick={() => setAsked({ which: {}, runs, where: t('stop.flow') })}>
              {t('stop.all', { count: runs })}
            </Button>
          )}
        </div>
      )}
      {isMoving && live !== undefined && (
        <MovePeopleDialog
          number={live}
          onClose={() => {
            setMoving(false);
            void queries.invalidateQueries({ queryKey: ['results', id] });
          }}
        />
      )}
      {asked !== null && (
        <StopDialog
          asked={asked}
          onClose={() => {
            setAsked(null);
            void queries.invalidateQueries({ queryKey: ['results', id] });
          }}
        />
      )}
    </>
  );
}

type Props = { number: number; waiting: Waiting[]; onStop: ((asked: Asked) => void) | null };

function OfVersion({ number, waiting, onStop }: Props) {
  const { t } = useTranslation('results');
  const store = useBuilderStore();
  const document = useBuilder((builder) => builder.shown ?? builder.edited.document);
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const { id } = useBuilder((builder) => builder.flow);
  const version = useVersion(id, number).data?.document;
  const names = namesIn(version === undefined ? [document] : [document, version], types, language);
  const runs = waiting.reduce((sum, each) => sum + each.runs, 0);
  return (
    <section className="res-section" aria-label={t('versionOf', { number })}>
      <div className="row">
        <h4 className="grow">{t('versionOf', { number })}</h4>
        {onStop !== null && (
          <Button size="compact-xs" variant="subtle" color="red" onClick={() => onStop({ which: { version: number }, runs, where: t('versionOf', { number }) })}>
            {t('stop.all', { count: runs })}
          </Button>
        )}
      </div>
      {waiting.map(({ node, runs: count }) => {
        const name = node === null ? t('between') : names.step(node);
        return (
          <div key={node ?? ''} className="res-waiting">
            <button type="button" className="link grow ell" disabled={node === null} onClick={() => store.getState().look(node === null ? [] : [node])}>
              {name}
            </button>
            <b className="num">{countShown(count, language)}</b>
            {onStop !== null && node !== null && (
              <Button size="compact-xs" variant="subtle" color="gray" aria-label={t('stop.here', { name })} onClick={() => onStop({ which: { version: number, node }, runs: count, where: `“${name}”` })}>
                {t('stop.short')}
              </Button>
            )}
          </div>
        );
      })}
    </section>
  );
}
