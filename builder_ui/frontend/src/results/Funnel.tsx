// The funnel: from the start over the main steps to the goal or the end; between two of them, what became of the others.
import { useTranslation } from 'react-i18next';
import { useBuilder, useBuilderStore } from '../builder/store';
import { nameOfNode } from '../document/template';
import { Failed } from '../ui/Failed';
import { Loading } from '../ui/Loading';
import { countShown, shareShown } from '../ui/numbers';
import { useFunnel, type Stage } from './paths-api';
import { fates, type Period } from './results-api';

export function Funnel({ period }: { period: Period }) {
  const { t } = useTranslation('results');
  const { id } = useBuilder((builder) => builder.flow);
  const stages = useFunnel(id, period);
  const all = stages.data ?? [];
  const runs = all[0]?.runs ?? 0;
  return (
    <section className="res-section" aria-label={t('funnel.title')}>
      <h4>{t('funnel.title')}</h4>
      {stages.isPending && <Loading rows={2} />}
      {stages.isError && <Failed error={stages.error} onRetry={() => void stages.refetch()} />}
      <ol className="res-funnel">
        {all.map((stage, index) => (
          <li key={index}>
            <StageRow stage={stage} runs={runs} />
            <Left stage={stage} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function StageRow({ stage, runs }: { stage: Stage; runs: number }) {
  const { t } = useTranslation('results');
  const store = useBuilderStore();
  const document = useBuilder((builder) => builder.shown ?? builder.edited.document);
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const { node } = stage;
  const share = runs === 0 ? 0 : stage.runs / runs;
  const body = (
    <>
      <span className="row">
        <span className="grow ell">{node === null ? t(`funnel.${stage.kind}`) : nameOfNode(document, types, node, language)}</span>
        <b className="num">{countShown(stage.runs, language)}</b>
        <span className="muted num">{shareShown(share, language)}</span>
      </span>
      <span className="res-bar" aria-hidden>
        <i style={{ width: `${String(share * 100)}%` }} />
      </span>
    </>
  );
  if (node === null) return <div className="res-row is-still">{body}</div>;
  return (
    <button
      type="button"
      className="res-row"
      onClick={() => {
        store.getState().open(node);
        store.getState().look([node]);
      }}
    >
      {body}
    </button>
  );
}

function Left({ stage }: { stage: Stage }) {
  const { t } = useTranslation('results');
  const language = useBuilder((builder) => builder.language);
  const parts = fates.flatMap((fate) => {
    const count = stage.left[fate] ?? 0;
    return count === 0 ? [] : [t(`funnel.left.${fate}`, { count, shown: countShown(count, language) })];
  });
  return parts.length === 0 ? null : <p className="res-left num">{parts.join(' · ')}</p>;
}
