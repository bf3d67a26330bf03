// What somebody other than the contact must do now: the outside world answers a call, or a person finishes.
import { Button, Tooltip } from '@mantine/core';
import { IconCheck, IconPencil } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBuilder } from '../builder/store';
import { nodeById } from '../document/flow';
import { textOf } from '../document/json';
import { portsOf } from '../document/ports';
import { groupOf, tileOf } from '../document/schema';
import { nameOfNode } from '../document/template';
import { Tile } from '../ui/Tile';
import { AnswerForm } from './AnswerForm';
import { answerTo, callsOf, suggestionsFor, type Answer, type Call } from './mocks';
import { useSimulation, useSimulationStore } from './simulation';
import { useAct } from './Talk';

export function NextMove() {
  const looking = useSimulation((state) => state.looking);
  const stopped = useSimulation((state) => state.stopped);
  const turns = useSimulation((state) => state.turns);
  const types = useBuilder((state) => state.types);
  if (stopped?.code === 'mock' && looking === null) {
    const call = callsOf(turns, types).at(-1)?.at(-1);
    return call === undefined ? null : <CallCard key={`${call.node} ${String(call.place)}`} call={call} />;
  }
  const shown = turns[(looking ?? turns.length) - 1];
  return shown?.state === 'queued' ? <PeopleCard goesOn={shown.status === 'open'} /> : null;
}

function CallCard({ call, onDone }: { call: Call; onDone?: () => void }) {
  const { t } = useTranslation('simulator');
  const simulation = useSimulationStore();
  const drawn = useBuilder((state) => state.edited.document);
  const types = useBuilder((state) => state.types);
  const language = useBuilder((state) => state.language);
  const given = answerTo(useSimulation((state) => state.world), call);
  const [writing, setWriting] = useState<Answer | null>(onDone === undefined ? null : given);
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) card.current?.querySelector('button')?.focus({ preventScroll: true });
  }, []);
  const node = nodeById(drawn, call.node);
  const suggestions = suggestionsFor(call, node);
  const titles = node === undefined ? [] : portsOf(node, types, language, drawn, new Set());
  const titleOf = (port: string) => titles.find((each) => each.id === port)?.title ?? t(`answer.${port}`, { defaultValue: port });

  function answer(said: Answer) {
    simulation.getState().answer(call, said);
    onDone?.();
  }

  const schema = types.types[node?.type ?? ''];
  return (
    <section ref={card} className="sim-card" aria-label={t('answer.title', { name: nameOfNode(drawn, types, call.node, language) })}>
      <div className="row">
        <Tile group={groupOf(schema)} icon={textOf(schema?.['x-icon'])} shape={tileOf(schema)} />
        <div className="grow">
          <b className="ell">{nameOfNode(drawn, types, call.node, language)}</b>
          <div className="sm muted ell" title={textOf(call.order['url'])}>
            {call.order['kind'] === 'call_http' ? `${textOf(call.order['method'])} ${textOf(call.order['url'])}` : t('answer.model')}
          </div>
        </div>
      </div>
      {writing === null ? (
        <div className="sim-buttons">
          {suggestions.map((each) => (
            <Button key={each.port} size="xs" onClick={() => answer(each.answer)}>{titleOf(each.port)}</Button>
          ))}
          <span className="grow" />
          <Button size="xs" variant="subtle" onClick={() => setWriting(suggestions[0]?.answer ?? { status: 200 })}>{t('answer.write')}</Button>
        </div>
      ) : (
        <AnswerForm
          first={writing}
          ofModel={call.order['kind'] === 'ask_ai'}
          onAnswer={answer}
          onClose={() => (onDone === undefined ? setWriting(null) : onDone())}
        />
      )}
    </section>
  );
}

/** A call that was answered, in the talk; it can be answered differently. */
export function Answered({ call }: { call: Call }) {
  const { t } = useTranslation('simulator');
  const document = useBuilder((state) => state.edited.document);
  const types = useBuilder((state) => state.types);
  const language = useBuilder((state) => state.language);
  const given = answerTo(useSimulation((state) => state.world), call);
  const [changing, setChanging] = useState(false);
  if (given === null) return null;
  if (changing) return <CallCard call={call} onDone={() => setChanging(false)} />;
  const name = nameOfNode(document, types, call.node, language);
  const words = given.reason !== undefined && given.status === undefined ? t('answer.none', { name }) : t('answer.came', { name, status: given.status ?? 200 });
  return (
    <div className="sim-line">
      <span>{words}</span>
      <Tooltip label={t('answer.change')}>
        <button type="button" className="sim-mini" aria-label={t('answer.changeOf', { name })} onClick={() => setChanging(true)}>
          <IconPencil size={14} />
        </button>
      </Tooltip>
    </div>
  );
}

function PeopleCard({ goesOn }: { goesOn: boolean }) {
  const { t } = useTranslation('simulator');
  const act = useAct();
  const reasons = useBuilder((state) => state.types.things?.['reason']) ?? [];
  const ends = reasons.filter((reason) => reason['kind'] !== 'lost');
  return (
    <section className="sim-card" aria-label={t('people.title')}>
      <b>{t('people.title')}</b>
      <p className="sm muted">{goesOn ? t('people.goesOn') : t('people.over')}</p>
      <div className="sim-buttons">
        <Button size="xs" leftSection={<IconCheck size={14} />} onClick={() => act({ finished: true })}>{t('people.finish')}</Button>
        {goesOn && ends.slice(0, 4).map((reason) => (
          <Button key={reason.slug} size="xs" variant="subtle" onClick={() => act({ finished: reason.slug })}>{reason.name}</Button>
        ))}
      </div>
    </section>
  );
}
