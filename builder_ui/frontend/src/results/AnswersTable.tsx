// The table of answers, in the canvas's place: a row a run, a column a question.
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useBuilder } from '../builder/store';
import { Chip } from '../ui/Chip';
import { Empty } from '../ui/Empty';
import { Failed } from '../ui/Failed';
import { Loading } from '../ui/Loading';
import { moment } from '../ui/time';
import { answerShown } from './answer-shown';
import { useAnswers, type Row } from './paths-api';
import type { Period } from './results-api';
import { tones } from './Runs';

type Props = { period: Period; onOpen: (run: { id: string; version: number }) => void };

export function AnswersTable({ period, onOpen }: Props) {
  const { t } = useTranslation('results');
  const { id } = useBuilder((builder) => builder.flow);
  const answers = useAnswers(id, period);
  const pages = answers.data?.pages ?? [];
  const questions = pages[0]?.questions ?? [];
  const rows = pages.flatMap((page) => page.rows);
  const called = pages[0]?.called ?? [];
  return (
    <section className="res-table" aria-label={t('tabs.answers')}>
      {answers.isPending && <Loading rows={6} />}
      {answers.isError && <Failed error={answers.error} onRetry={() => void answers.refetch()} />}
      {answers.isSuccess && rows.length === 0 && <Empty title={t('answers.none')}>{t('answers.noneHint')}</Empty>}
      {called.length > 0 && (
        <p className="res-called sm">
          {t('answers.called')}{' '}
          {called.map(({ id: flow, name }) => (
            <Link key={flow} to={`/flows/${flow}?results=answers`}>
              {name}
            </Link>
          ))}
        </p>
      )}
      {rows.length > 0 && (
        <div className="res-panel" role="region" aria-label={t('tabs.answers')} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('answers.contact')}</th>
                <th scope="col">{t('answers.began')}</th>
                <th scope="col">{t('answers.became')}</th>
                {questions.map(({ node, title }) => (
                  <th key={node} scope="col" title={title}>
                    <span className="ell">{title}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <OfRun key={row.id} row={row} nodes={questions.map(({ node }) => node)} onOpen={onOpen} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {answers.hasNextPage && (
        <Button className="res-older" variant="default" loading={answers.isFetchingNextPage} onClick={() => void answers.fetchNextPage()}>
          {t('older')}
        </Button>
      )}
    </section>
  );
}

function OfRun({ row, nodes, onOpen }: { row: Row; nodes: string[]; onOpen: Props['onOpen'] }) {
  const { t } = useTranslation('results');
  const language = useBuilder((builder) => builder.language);
  const name = row.contact === null ? t('hidden') : row.contact.name || t('nameless');
  const words = { yes: t('answers.yes'), no: t('answers.no') };
  return (
    <tr>
      <th scope="row">
        {row.caller === null ? (
          <button type="button" className="link ell" onClick={() => onOpen({ id: row.id, version: row.version })}>
            {name}
          </button>
        ) : (
          <Link className="link ell" to={`/flows/${row.caller.id}?results=runs&run=${row.id}&version=${String(row.version)}`}>
            {name}
          </Link>
        )}
      </th>
      <td className="num muted">
        {moment(row.started_at, language)} · {row.caller?.name} v{row.version}
      </td>
      <td>
        <Chip tone={tones[row.fate]}>{t(`fate.${row.fate}`)}</Chip>
      </td>
      {nodes.map((node) => {
        const shown = answerShown(row.answers[node], language, words);
        return (
          <td key={node} title={shown}>
            {shown === '' ? <span className="muted">–</span> : <span className="ell">{shown}</span>}
          </td>
        );
      })}
    </tr>
  );
}
