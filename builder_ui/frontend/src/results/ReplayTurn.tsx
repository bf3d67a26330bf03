// One turn of a run that is looked at: the event, the steps with their reasons, the answer.
import { IconBolt } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useBuilder, useBuilderStore } from '../builder/store';
import { nodeById } from '../document/flow';
import { textOf } from '../document/json';
import { portsOf } from '../document/ports';
import { eventsOf, groupOf, tileOf, titleOf } from '../document/schema';
import { nameOfNode } from '../document/template';
import { whyOf } from '../simulator/why';
import { Tile } from '../ui/Tile';
import type { Step, Turn } from './results-api';

type Props = { turn: Turn; hidden: boolean; isChosen: boolean; isAfter: boolean; onChoose: () => void };

export function ReplayTurn({ turn, hidden, isChosen, isAfter, onChoose }: Props) {
  const { t } = useTranslation('results');
  const language = useBuilder((builder) => builder.language);
  const at = new Date(turn.at).toLocaleString(language, { day: '2-digit', month: '2-digit', hour: '2-digit', minute: '2-digit' });
  return (
    <div className={`sim-turn ${isAfter ? 'is-after' : ''} ${isChosen ? 'is-chosen' : ''}`}>
      <button type="button" className="sim-rule num" aria-pressed={isChosen} onClick={onChoose}>
        {t('turn', { place: turn.number, at })}
      </button>
      <Heard turn={turn} hidden={hidden} />
      <ol className="sim-why">
        {turn.steps.map((step, index) => (
          <Reason key={index} step={step} />
        ))}
      </ol>
      {turn.said.map((said, index) => (
        <div key={index} className="sim-bubble in sim-words">
          {hidden ? <span className="muted">{t('words')}</span> : said.text}
          {said.options.length > 0 && (
            <div className="res-options">
              {said.options.map((option) => (
                <span key={option.id}>{option.title}</span>
              ))}
            </div>
          )}
        </div>
      ))}
    </div>
  );
}

function Heard({ turn, hidden }: { turn: Turn; hidden: boolean }) {
  const { t } = useTranslation('results');
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const { kind, text, choice, name } = turn.heard;
  if (kind === 'message_received') {
    return <div className="sim-bubble out sim-words">{hidden ? <span className="muted">{t('words')}</span> : text || choice || t('something')}</div>;
  }
  const title = kind === 'happened' ? eventsOf(types, language).find((event) => event.id === name)?.title : undefined;
  return (
    <div className="sim-line">
      <IconBolt size={14} aria-hidden /> {title ?? t(`heard.${kind}`, { defaultValue: kind })}
    </div>
  );
}

function Reason({ step }: { step: Step }) {
  const { t } = useTranslation('simulator');
  const store = useBuilderStore();
  const document = useBuilder((builder) => builder.shown ?? builder.edited.document);
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const node = (step.version ?? '') === '' ? nodeById(document, step.node) : undefined;
  const schema = types.types[step.type];
  const name = node === undefined ? (schema === undefined ? step.type : titleOf(schema, language)) : nameOfNode(document, types, step.node, language);
  const port = step.port === null || node === undefined ? step.port : (portsOf(node, types, language, document, new Set()).find((each) => each.id === step.port)?.title ?? step.port);
  const why = whyOf(step);
  return (
    <li>
      <Tile group={groupOf(schema)} icon={textOf(schema?.['x-icon'])} shape={tileOf(schema)} size={20} />
      <div className="grow">
        <button type="button" className="sim-node" disabled={node === undefined} onClick={() => store.getState().look([step.node])}>
          {name}
        </button>
        {port !== null && step.port !== 'next' && <b> → {port}</b>}
        {why !== null && <span className="sim-reason"> {t(`why.${why.key}`, why.words)}</span>}
      </div>
    </li>
  );
}
