// The numbers: of the whole flow, where people are lost; or of the step that is pointed at, each with the runs behind it.
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBuilder, useBuilderStore } from '../builder/store';
import { nodeById } from '../document/flow';
import { losses, noCounts, type NodeCounts } from '../document/heat';
import { portsOf } from '../document/ports';
import { nameOfNode } from '../document/template';
import { countShown, shareShown, timeShown } from '../ui/numbers';
import { Funnel } from './Funnel';
import { NotUnderstood } from './NotUnderstood';
import { fates, type Filter, type Period, type Results } from './results-api';
import { Splits } from './Splits';

type Props = { results: Results; period: Period; onShow: (filter: Filter) => void };
const MOST_LOSSES = 6;

export function Numbers({ results, period, onShow }: Props) {
  const opened = useBuilder((builder) => builder.opened);
  if (opened === null) return <Whole results={results} period={period} onShow={onShow} />;
  return (
    <>
      <OfStep counts={results.nodes.find(({ node }) => node === opened) ?? noCounts(opened)} onShow={onShow} />
      <Splits period={period} only={opened} />
      <NotUnderstood period={period} only={opened} />
    </>
  );
}

function Whole({ results, period, onShow }: Props) {
  const { t } = useTranslation('results');
  const store = useBuilderStore();
  const document = useBuilder((builder) => builder.shown ?? builder.edited.document);
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const { runs, seconds } = results;
  const completed = results.fates.completed ?? 0;
  const worst = losses(results.nodes).slice(0, MOST_LOSSES);
  if (runs === 0) return <p className="res-none">{t('none')}</p>;
  return (
    <>
      <dl className="res-figures">
        <Figure value={countShown(runs, language)} name={t('runs', { count: runs })} />
        <Figure value={shareShown(completed / runs, language)} name={t('completed')} />
        <Figure value={countShown(results.fates.waiting ?? 0, language)} name={t('waiting')} />
      </dl>
      <Funnel period={period} />
      <section className="res-section">
        <h4>{t('became')}</h4>
        {fates.flatMap((fate) => {
          const count = results.fates[fate] ?? 0;
          return count === 0 ? [] : [<Bar key={fate} name={t(`fate.${fate}`)} count={count} of={runs} isLoss={fate === 'dropped' || fate === 'failed'} onClick={() => onShow({ fate })} />];
        })}
      </section>
      {worst.length > 0 && (
        <section className="res-section">
          <h4>{t('lost')}</h4>
          {worst.map(({ node, runs: count, share }) => (
            <Line
              key={node}
              name={nameOfNode(document, types, node, language)}
              value={countShown(count, language)}
              share={shareShown(share, language)}
              onClick={() => {
                store.getState().open(node);
                store.getState().look([node]);
              }}
            />
          ))}
        </section>
      )}
      {seconds !== null && <p className="res-median">{t('median')} <b className="num">{timeShown(seconds, language)}</b></p>}
      <p className="res-legend"><span aria-hidden><i /><i /><i /></span>{t('legend')}</p>
    </>
  );
}

function OfStep({ counts, onShow }: { counts: NodeCounts; onShow: (filter: Filter) => void }) {
  const { t } = useTranslation('results');
  const store = useBuilderStore();
  const document = useBuilder((builder) => builder.shown ?? builder.edited.document);
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const { node, reached, seconds } = counts;
  const step = nodeById(document, node);
  const titles = new Map(step === undefined ? [] : portsOf(step, types, language, document, new Set()).map((port) => [port.id, port.title]));
  return (
    <>
      <button type="button" className="res-back" onClick={() => store.getState().open(null)}>
        <IconChevronLeft size={14} aria-hidden /> {t('whole')}
      </button>
      <div className="res-section">
        <h4>{nameOfNode(document, types, node, language)}</h4>
        <Line name={t('reached')} value={countShown(reached, language)} share="" onClick={() => onShow({ node })} />
        {seconds !== null && <p className="res-median">{t('stayed')} <b className="num">{timeShown(seconds, language)}</b></p>}
      </div>
      {Object.keys(counts.ports).length > 0 && (
        <section className="res-section">
          <h4>{t('ways')}</h4>
          {Object.entries(counts.ports).map(([port, runs]) => (
            <Bar key={port} name={titles.get(port) ?? port} count={runs} of={reached} isLoss={port === 'no_reply'} onClick={() => onShow({ node, port })} />
          ))}
        </section>
      )}
      {fates.some((fate) => counts[fate] > 0) && (
        <section className="res-section">
          <h4>{t('stands')}</h4>
          {fates.flatMap((fate) =>
            counts[fate] === 0 ? [] : [<Bar key={fate} name={t(`fate.${fate}`)} count={counts[fate]} of={reached} isLoss={fate === 'dropped' || fate === 'failed'} onClick={() => onShow({ fate, stopped_at: node })} />],
          )}
        </section>
      )}
    </>
  );
}

function Figure({ value, name }: { value: string; name: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="num">{value}</dd>
    </div>
  );
}

function Bar({ name, count, of, isLoss, onClick }: { name: string; count: number; of: number; isLoss: boolean; onClick: () => void }) {
  const language = useBuilder((builder) => builder.language);
  const share = of === 0 ? 0 : count / of;
  return (
    <Row onClick={onClick} className={isLoss ? 'is-loss' : ''}>
      <span className="row">
        <span className="grow ell">{name}</span>
        <b className="num">{countShown(count, language)}</b>
        <span className="muted num">{shareShown(share, language)}</span>
      </span>
      <span className="res-bar" aria-hidden>
        <i style={{ width: `${String(Math.min(100, share * 100))}%` }} />
      </span>
    </Row>
  );
}

function Line({ name, value, share, onClick }: { name: string; value: string; share: string; onClick: () => void }) {
  return (
    <Row onClick={onClick} className="">
      <span className="row">
        <span className="grow ell">{name}</span>
        <b className="num">{value}</b>
        {share !== '' && <span className="muted num">{share}</span>}
        <IconChevronRight size={14} aria-hidden />
      </span>
    </Row>
  );
}

function Row({ onClick, className, children }: { onClick: () => void; className: string; children: ReactNode }) {
  return (
    <button type="button" className={`res-row ${className}`} onClick={onClick}>
      {children}
    </button>
  );
}
