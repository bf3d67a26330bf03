// What people wrote at each question that no answer fitted; one click, and an option of the draft understands it.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useBuilder, useBuilderStore } from '../builder/store';
import { nameOfNode } from '../document/template';
import { Empty } from '../ui/Empty';
import { Failed } from '../ui/Failed';
import { Loading } from '../ui/Loading';
import { countShown } from '../ui/numbers';
import { useNotUnderstood, type Question } from './paths-api';
import type { Period } from './results-api';
import { SaidRow } from './SaidRow';
import { useDraftStep } from './useDraftStep';

/** At all questions, or at one. */
export function NotUnderstood({ period, only }: { period: Period; only?: string }) {
  const { t } = useTranslation('results');
  const { id } = useBuilder((builder) => builder.flow);
  const found = useNotUnderstood(id, period, true);
  if (found.isPending) return only === undefined ? <Loading rows={4} /> : null;
  if (found.isError) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  const shown = found.data.questions.filter(({ node, called }) => only === undefined || (node === only && called === null));
  if (shown.length === 0) return only === undefined ? <Empty title={t('invalid.none')}>{t('invalid.noneHint')}</Empty> : null;
  return (
    <>
      {only === undefined && <p className="res-none">{t('invalid.hint')}</p>}
      {shown.map((question) =>
        question.called === null ? (
          <OfQuestion key={question.node} question={question} isAlone={only !== undefined} />
        ) : (
          <OfCalled key={`${question.called.flow.id} ${question.node}`} question={question} {...question.called} />
        ),
      )}
      {found.data.more && <p className="res-none">{t('invalid.more')}</p>}
    </>
  );
}

/** Of a flow that this one calls: its words become synonyms there. */
function OfCalled({ question, flow, title }: { question: Question; flow: { id: string; name: string }; title: string }) {
  const { t } = useTranslation('results');
  const language = useBuilder((builder) => builder.language);
  const { times, said, unwritten, hidden } = question;
  return (
    <section className="res-section" aria-label={t('invalid.at', { name: title })}>
      <h4 className="row">
        <span className="grow ell">{title}</span>
        <span className="num">{countShown(times, language)}</span>
      </h4>
      <p className="res-judged">
        {t('invalid.called')} <Link to={`/flows/${flow.id}?results=invalid`}>{flow.name || t('invalid.archived')}</Link>
      </p>
      <ul className="res-said" aria-label={t('invalid.words', { name: title })}>
        {said.map(({ text, times: each }) => (
          <li key={text} className="res-words">
            <span className="row">
              <q className="grow">{text}</q>
              <b className="num">{countShown(each, language)}</b>
            </span>
          </li>
        ))}
      </ul>
      {unwritten > 0 && <p className="res-judged num">{t('invalid.unwritten', { count: unwritten, shown: countShown(unwritten, language) })}</p>}
      {hidden > 0 && <p className="res-judged num">{t('invalid.hidden', { count: hidden, shown: countShown(hidden, language) })}</p>}
    </section>
  );
}

function OfQuestion({ question, isAlone }: { question: Question; isAlone: boolean }) {
  const { t } = useTranslation('results');
  const store = useBuilderStore();
  const document = useBuilder((builder) => builder.shown ?? builder.edited.document);
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const step = useDraftStep(question.node);
  const { node, times, unwritten, hidden, said } = question;
  const name = nameOfNode(document, types, node, language);
  return (
    <section className="res-section" aria-label={t('invalid.at', { name })}>
      <h4 className="row">
        {isAlone ? (
          <span className="grow">{t('invalid.title')}</span>
        ) : (
          <button type="button" className="link grow ell" onClick={() => store.getState().look([node])}>
            {name}
          </button>
        )}
        <span className="num">{countShown(times, language)}</span>
      </h4>
      {!step.isThere && <p className="res-gone">{t('invalid.gone')}</p>}
      {step.isThere && step.options === null && <p className="res-judged">{t('invalid.noOptions')}</p>}
      <ul className="res-said" aria-label={t('invalid.words', { name })}>
        {said.map((each) => (
          <SaidRow key={each.text} said={each} step={step} />
        ))}
      </ul>
      {unwritten > 0 && <p className="res-judged num">{t('invalid.unwritten', { count: unwritten, shown: countShown(unwritten, language) })}</p>}
      {hidden > 0 && <p className="res-judged num">{t('invalid.hidden', { count: hidden, shown: countShown(hidden, language) })}</p>}
    </section>
  );
}
