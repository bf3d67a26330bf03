// Sends the request of the step at once, for a chosen contact, and keeps what is clicked of the answer.
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconChevronRight, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '../api';
import { useBuilder, useBuilderStore } from '../builder/store';
import { setParams } from '../document/edits';
import type { FlowNode } from '../document/flow';
import { textOf, type Json, type JsonObject } from '../document/json';
import { keepingOf, keptAs, namedIn, toggled, type Keeping, type Way } from '../document/mapping';
import { variablesOf } from '../document/template';
import { FieldError } from '../forms/FieldError';
import { rowsOf } from '../forms/rows';
import { AnswerTree } from './AnswerTree';
import { sampleOf, useExample } from './example';
import { ForWhom } from './ForWhom';
import { Outcome } from './Outcome';
import { useTry } from './trying-api';
import './trying.css';

/** Nothing where the step's type cannot be tried (`x-trial`), or the flow is only read. */
export function TryStep({ node }: { node: FlowNode }) {
  const mark = useBuilder((builder) => builder.types.types[node.type]?.['x-trial']);
  const readOnly = useBuilder((builder) => builder.readOnly);
  const keeping = keepingOf(mark);
  return keeping === null || readOnly ? null : <Try key={node.id} node={node} keeping={keeping} />;
}

function Try({ node, keeping }: { node: FlowNode; keeping: Keeping }) {
  const { t } = useTranslation('trying');
  const store = useBuilderStore();
  const flow = useBuilder((builder) => builder.flow.id);
  const example = useExample(flow);
  const attempt = useTry(flow);
  const [open, setOpen] = useState(false);
  const came = attempt.data;
  const rows = rowsOf(node.params[keeping.keep]);
  const method = textOf(node.params['method']) || 'GET';

  function keep(way: Way, value: Json) {
    const { edited, types, change } = store.getState();
    const next: JsonObject[] = toggled(rows, keeping, way, value, variablesOf(edited.document, types), node.id);
    change(setParams(edited.document, types, node.id, { ...node.params, [keeping.keep]: next }));
  }

  return (
    <div className="folded try">
      <button type="button" className="folded-head" aria-expanded={open} onClick={() => setOpen(!open)}>
        <IconChevronRight size={14} className={open ? 'is-open' : ''} />
        <b>{t('title')}</b>
        <span className="muted ell">{t('about')}</span>
      </button>
      {open && (
        <div className="folded-body try-body">
          <ForWhom named={namedIn(node.params)} />
          {method !== 'GET' && (
            <p className="try-real">
              <IconAlertTriangle size={14} />
              {t('real_sent', { method })}
            </p>
          )}
          <Button
            size="xs"
            leftSection={<IconSend size={14} />}
            loading={attempt.isPending}
            disabled={textOf(node.params['url']) === ''}
            onClick={() => attempt.mutate({ document: store.getState().edited.document, step: node, example: sampleOf(example) })}
          >
            {came === undefined ? t('send') : t('again')}
          </Button>
          {attempt.isError && <FieldError text={whyNot(attempt.error, t)} />}
          {came !== undefined && !attempt.isError && (
            <>
              <Outcome came={came} node={node} />
              {came.status > 0 && came.body !== null && (
                <div className="try-answer">
                  <span className="frame-label">{t('answer')}</span>
                  <span className="frame-hint">{t('clickToKeep')}</span>
                  <AnswerTree value={came.body} keptAs={(path) => keptAs(rows, keeping, path)} onToggle={keep} />
                </div>
              )}
            </>
          )}
        </div>
      )}
    </div>
  );
}

function whyNot(error: unknown, t: (key: string) => string): string {
  if (!(error instanceof Refused)) return t('why.unreachable');
  if (error.status === 429) return t('why.often');
  return error.status === 422 ? t('why.step') : error.message;
}
