// The tests of a flow: each split's variants by share and interval, how many people are needed, and what may be said of them.
import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBuilder, useBuilderStore } from '../builder/store';
import { nodeById } from '../document/flow';
import { eventsOf } from '../document/schema';
import { objectOf, textOf } from '../document/json';
import { nameOfNode } from '../document/template';
import { Empty } from '../ui/Empty';
import { Failed } from '../ui/Failed';
import { Loading } from '../ui/Loading';
import { countShown, shareShown } from '../ui/numbers';
import { useSplits, type Split, type Variant } from './paths-api';
import type { Period } from './results-api';
import { Verdict } from './Verdict';

const WORTHS = [1, 2, 5, 10, 20]; // percentage points

/** Of all splits, or of one. */
export function Splits({ period, only }: { period: Period; only?: string }) {
  const { t } = useTranslation('results');
  const { id } = useBuilder((builder) => builder.flow);
  const document = useBuilder((builder) => builder.shown ?? builder.edited.document);
  const [worth, setWorth] = useState(5);
  const isThere = only === undefined || nodeById(document, only)?.type === 'split';
  const splits = useSplits(id, period, worth, isThere);
  if (!isThere) return null;
  if (splits.isPending) return <Loading rows={3} />;
  if (splits.isError) return <Failed error={splits.error} onRetry={() => void splits.refetch()} />;
  const shown = splits.data.filter(({ node }) => only === undefined || node === only);
  if (shown.length === 0) return only === undefined ? <Empty title={t('tests.none')}>{t('tests.noneHint')}</Empty> : null;
  return (
    <>
      <div className="res-worth">
        <Select
          size="xs"
          label={t('tests.worth')}
          allowDeselect={false}
          data={WORTHS.map((each) => ({ value: String(each), label: t('tests.points', { count: each }) }))}
          value={String(worth)}
          onChange={(value) => setWorth(Number(value ?? worth))}
        />
      </div>
      {shown.map((split) => (
        <OfSplit key={split.node} split={split} isAlone={only !== undefined} />
      ))}
      <p className="res-none sm">{t('tests.band')}</p>
    </>
  );
}

function OfSplit({ split, isAlone }: { split: Split; isAlone: boolean }) {
  const store = useBuilderStore();
  const document = useBuilder((builder) => builder.shown ?? builder.edited.document);
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const name = nameOfNode(document, types, split.node, language);
  return (
    <section className="res-section res-test" aria-label={name}>
      {!isAlone && (
        <h4>
          <button type="button" className="link" onClick={() => store.getState().look([split.node])}>
            {name}
          </button>
        </h4>
      )}
      <JudgedBy split={split} />
      <ul className="res-variants">
        {split.variants.map((variant) => (
          <OfVariant key={variant.id} variant={variant} split={split} />
        ))}
      </ul>
      <Verdict split={split} />
    </section>
  );
}

function JudgedBy({ split }: { split: Split }) {
  const { t } = useTranslation('results');
  const document = useBuilder((builder) => builder.shown ?? builder.edited.document);
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const { kind, name } = split.judged;
  const event = textOf(objectOf(document.settings['goal'])['event']);
  const goal = eventsOf(types, language).find((each) => each.id === event)?.title ?? event;
  const said = kind === 'step' ? nameOfNode(document, types, name, language) : kind === 'goal' ? goal : name;
  return <p className="res-judged">{t(`tests.by.${kind}`, { name: said })}</p>;
}

function OfVariant({ variant, split }: { variant: Variant; split: Split }) {
  const { t } = useTranslation('results');
  const language = useBuilder((builder) => builder.language);
  const { title, weight, entered, reached, under_way: underWay, share, low, high } = variant;
  const isJudged = split.judged.kind !== 'unknown';
  // All variants of a split on one scale, as wide as the widest of them reaches.
  const most = Math.max(0.01, ...split.variants.filter((each) => each.share !== null).map((each) => each.high));
  const percent = (part: number) => `${String((part / most) * 100)}%`;
  return (
    <li className={`res-variant ${split.best === variant.id ? 'is-best' : ''}`}>
      <span className="row">
        <b className="grow ell">{title}</b>
        {isJudged && share !== null && <b className="num">{shareShown(share, language)}</b>}
        {isJudged && share !== null && <span className="muted num">{t('tests.between', { low: shareShown(low, language), high: shareShown(high, language) })}</span>}
      </span>
      {isJudged && (
        <span className="res-interval" aria-hidden>
          {share !== null && <i style={{ left: percent(low), width: percent(high - low) }} />}
          {share !== null && <b style={{ left: percent(share) }} />}
        </span>
      )}
      <span className="res-took num">
        {isJudged
          ? t('tests.reached', { reached: countShown(reached, language), count: entered, entered: countShown(entered, language) })
          : t('tests.entered', { count: entered, entered: countShown(entered, language) })}
        {underWay > 0 && isJudged && ` · ${t('tests.underWay', { count: underWay, shown: countShown(underWay, language) })}`}
        {weight === 0 && ` · ${t('tests.weightless')}`}
      </span>
    </li>
  );
}
