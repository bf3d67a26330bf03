// What is behind a turn: why each step was left as it was, what is known by then, what was done besides words.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBuilder, useBuilderStore } from '../builder/store';
import { nodeById } from '../document/flow';
import { textOf, textsOf, type JsonObject } from '../document/json';
import { portsOf } from '../document/ports';
import { groupOf, nameOfThing, tileOf, titleOf } from '../document/schema';
import { nameOfNode, spoken } from '../document/template';
import { Tile } from '../ui/Tile';
import type { Came, Step } from './rehearsal-api';
import { useSimulation } from './simulation';
import { said, whyOf } from './why';

const tabs = ['why', 'known', 'effects'] as const;

export function Behind() {
  const { t } = useTranslation('simulator');
  const turn = useSimulation((state) => state.turns[(state.looking ?? state.turns.length) - 1]);
  const [tab, setTab] = useState<(typeof tabs)[number]>('why');
  const counts = { why: 0, known: turn === undefined ? 0 : knownIn(turn).length, effects: turn?.effects.length ?? 0 };
  return (
    <div className="sim-behind">
      <div role="tablist" className="sim-tabs" aria-label={t('behind.label')}>
        {tabs.map((each) => (
          <button key={each} type="button" role="tab" id={`sim-${each}`} aria-controls="sim-panel" aria-selected={tab === each} onClick={() => setTab(each)}>
            {t(`behind.${each}`)} {counts[each] > 0 && <span className="muted num">{counts[each]}</span>}
          </button>
        ))}
      </div>
      <div className="sim-panel" id="sim-panel" role="tabpanel" aria-labelledby={`sim-${tab}`} tabIndex={0}>
        {turn === undefined ? (
          <p className="muted">{t('behind.nothing')}</p>
        ) : (
          <>
            {tab === 'why' && <Reasons turn={turn} />}
            {tab === 'known' && <Known turn={turn} />}
            {tab === 'effects' && <Effects turn={turn} />}
          </>
        )}
      </div>
    </div>
  );
}

function Reasons({ turn }: { turn: Came }) {
  const { t } = useTranslation('simulator');
  if (turn.trace.length === 0) return <p className="muted">{t('behind.noSteps')}</p>;
  return (
    <ol className="sim-why">
      {turn.trace.map((step, index) => <Reason key={index} step={step} />)}
    </ol>
  );
}

function Reason({ step }: { step: Step }) {
  const { t } = useTranslation('simulator');
  const builder = useBuilderStore();
  const document = useBuilder((state) => state.edited.document);
  const types = useBuilder((state) => state.types);
  const language = useBuilder((state) => state.language);
  const node = (step.version ?? '') === '' ? nodeById(document, step.node) : undefined;
  const schema = types.types[step.type];
  const name = node === undefined ? (schema === undefined ? step.type : titleOf(schema, language)) : nameOfNode(document, types, step.node, language);
  const port = step.port === null || node === undefined ? null : (portsOf(node, types, language, document, new Set()).find((each) => each.id === step.port)?.title ?? step.port);
  const why = whyOf(step);
  return (
    <li>
      <Tile group={groupOf(schema)} icon={textOf(schema?.['x-icon'])} shape={tileOf(schema)} size={20} />
      <div className="grow">
        <button type="button" className="sim-node" disabled={node === undefined} onClick={() => builder.getState().look([step.node])}>{name}</button>
        {port !== null && step.port !== 'next' && <b> → {port}</b>}
        {step.port === null && why === null && <span className="muted"> {t('behind.stays')}</span>}
        {why !== null && <span className="sim-reason"> {t(`why.${why.key}`, why.words)}</span>}
        {(step.version ?? '') !== '' && <span className="muted"> · {t('behind.elsewhere', { flow: step.version ?? '' })}</span>}
      </div>
    </li>
  );
}

function knownIn(turn: Came): { kind: 'vars' | 'answers'; name: string; value: JsonObject[string] }[] {
  return [
    ...Object.entries(turn.variables).map(([name, value]) => ({ kind: 'vars' as const, name, value })),
    ...Object.entries(turn.answers).map(([name, value]) => ({ kind: 'answers' as const, name, value })),
  ];
}

function Known({ turn }: { turn: Came }) {
  const { t } = useTranslation('simulator');
  const document = useBuilder((state) => state.edited.document);
  const types = useBuilder((state) => state.types);
  const language = useBuilder((state) => state.language);
  const known = knownIn(turn);
  if (known.length === 0) return <p className="muted">{t('behind.noneKnown')}</p>;
  return (
    <dl className="sim-known">
      {known.map(({ kind, name, value }) => (
        <div key={`${kind}.${name}`}>
          <dt>{kind === 'vars' ? <span className="ui-var">{spoken(name)}</span> : t('behind.answerOf', { name: nameOfNode(document, types, name, language) })}</dt>
          <dd>{said(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

// What an order says for the engine alone, and what goes without saying.
const unsaid = ['kind', 'node', 'why', 'goes_on', 'expects', 'time_limit', 'retries', 'repeatable', 'scheme', 'schema', 'endpoint', 'max_tokens', 'temperature', 'fallback', 'show_as'];
const usual: Record<string, string> = { priority: 'normal', op: 'set' };
// What kind of thing of the account a detail names.
const things: Record<string, string> = { team: 'team', user: 'user', owner: 'user', add: 'tag', remove: 'tag', pipeline: 'pipeline', template: 'template', reason: 'reason', field: 'field', sequence: 'flow', flow: 'flow' };

function isUsual(name: string, value: JsonObject[string]): boolean {
  return usual[name] === value;
}

function Effects({ turn }: { turn: Came }) {
  const { t } = useTranslation('simulator');
  const types = useBuilder((state) => state.types);
  const named = (name: string, value: JsonObject[string]) => {
    const kind = things[name];
    if (kind === undefined) return said(value);
    const slugs = typeof value === 'string' ? [value] : textsOf(value);
    return slugs.map((slug) => nameOfThing(types, kind, slug)).join(', ');
  };
  if (turn.effects.length === 0) return <p className="muted">{t('behind.noEffects')}</p>;
  return (
    <ul className="sim-effects">
      {turn.effects.map((effect, index) => {
        const kind = textOf(effect['kind']);
        const details = Object.entries(effect).filter(([name, value]) => !unsaid.includes(name) && !isEmpty(value) && !isUsual(name, value));
        return (
          <li key={index}>
            <b>{t(`effects.${kind}`, { defaultValue: spoken(kind) })}</b>
            {details.map(([name, value]) => (
              <div key={name}><span className="muted">{t(`details.${name}`, { defaultValue: spoken(name) })}</span> {named(name, value)}</div>
            ))}
          </li>
        );
      })}
    </ul>
  );
}

function isEmpty(value: JsonObject[string] | undefined): boolean {
  if (value === undefined || value === null || value === '' || value === false || value === 0) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
