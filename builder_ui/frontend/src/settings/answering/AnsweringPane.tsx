// Which flow answers on a channel: inside hours, outside, by keyword, and the order in which they are asked.
import { Button, Select } from '@mantine/core';
import { IconArrowRight, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Refused } from '../../api';
import { useFlows } from '../../flows/flows-api';
import { may } from '../../may';
import { useSession } from '../../session';
import { FieldError } from '../../forms/FieldError';
import { Failed } from '../../ui/Failed';
import { Loading } from '../../ui/Loading';
import { toast } from '../../ui/toast';
import { answerersAt, moved, standingOf, takenWords, timesOf, type Listener } from './answering';
import { useAnswering, useSetAnswering, type ChannelFlows } from './answering-api';
import { ListenerCard } from './ListenerCard';
import './answering.css';

export function AnsweringPane({ channel }: { channel: string }) {
  const { t } = useTranslation('answering');
  const answering = useAnswering(channel);
  if (answering.isPending) return <Loading rows={3} />;
  if (answering.isError) return <Failed error={answering.error} title={t('failed')} onRetry={() => void answering.refetch()} />;
  return <Answering key={channel} answering={answering.data} />;
}

function Answering({ answering }: { answering: ChannelFlows }) {
  const { t } = useTranslation('answering');
  const edits = may(useSession().data?.member.role, 'edit flows');
  const save = useSetAnswering(answering.channel.key);
  /** What is changed here, over what answered when that began; null: nothing is. */
  const [draft, setDraft] = useState<{ listeners: Listener[]; base: Listener[] } | null>(null);
  const [held, setHeld] = useState<number | null>(null);
  const listeners = draft?.listeners ?? answering.flows;
  const base = draft?.base ?? answering.flows;
  const isChanged = JSON.stringify(listeners) !== JSON.stringify(base);
  const setListeners = (next: Listener[]) => setDraft({ listeners: next, base });
  const change = (place: number, next: Partial<Listener>) => setListeners(listeners.map((each, index) => (index === place ? { ...each, ...next } : each)));

  function submit() {
    save.mutate(
      { listeners, before: base.map((each) => each.flow) },
      {
        onSuccess: () => {
          setDraft(null);
          toast({ text: t('saved', { name: answering.channel.name }) });
        },
      },
    );
  }

  return (
    <>
      <div className="set-pane-body">
        <WhoAnswers answering={answering} listeners={listeners} />
        <section>
          <h3 className="ans-title">{t('order')}</h3>
          <p className="sm muted ans-about">{t(listeners.length === 0 ? 'nobody' : 'orderAbout')}</p>
          <ol className="ans-list">
            {listeners.map((listener, place) => (
              <ListenerCard
                key={listener.flow}
                listener={listener}
                place={place}
                count={listeners.length}
                standing={standingOf(listeners, place, answering)}
                taken={takenWords(listeners, place, answering)}
                hasHours={answering.hours !== null}
                edits={edits}
                isHeld={held === place}
                onChange={(next) => change(place, next)}
                onMove={(to) => setListeners(moved(listeners, place, to))}
                onRemove={() => setListeners(listeners.filter((_, index) => index !== place))}
                onHold={() => setHeld(place)}
                onDropped={() => setHeld(null)}
                onOver={() => {
                  if (held === null || held === place) return;
                  setListeners(moved(listeners, held, place));
                  setHeld(place);
                }}
              />
            ))}
          </ol>
          {edits && <AddFlow listeners={listeners} onAdd={(listener) => setListeners([...listeners, listener])} />}
        </section>
        {save.isError && <FieldError text={save.error instanceof Refused && save.error.status === 409 ? t('conflict') : save.error.message} />}
      </div>
      {edits && (
        <div className="set-pane-foot">
          <span className="grow sm muted">{isChanged ? t('takesEffect') : ''}</span>
          {isChanged && (
            <Button
              variant="subtle"
              color="gray"
              onClick={() => {
                setDraft(null);
                save.reset();
              }}
            >
              {t('discard', { ns: 'settings' })}
            </Button>
          )}
          <Button variant="filled" disabled={!isChanged} loading={save.isPending} onClick={submit}>
            {t('save', { ns: 'settings' })}
          </Button>
        </div>
      )}
    </>
  );
}

/** In words, what the list below comes to. */
function WhoAnswers({ answering, listeners }: { answering: ChannelFlows; listeners: Listener[] }) {
  const { t } = useTranslation('answering');
  const { hours } = answering;
  return (
    <section className="ans-who" aria-label={t('who')}>
      {timesOf('always', answering).map((time) => {
        const who = answerersAt(listeners, time, answering);
        return (
          <div key={time} className="ans-time">
            <span className="muted">{t(hours === null ? 'times.always' : `times.${time}`)}</span>
            <IconArrowRight size={14} aria-hidden />
            <span>
              {who.map(({ name, conditional, first }, index) => (
                <span key={`${name}${String(first)}`}>
                  {index > 0 && <span className="muted">{t('then')}</span>}
                  <b>{name}</b>
                  {first && <span className="muted"> {t('firstOnly')}</span>}
                  {conditional && <span className="muted"> {t('ifHolds')}</span>}
                </span>
              ))}
              {!who.some((each) => !each.conditional && !each.first) && (
                <span className="muted">
                  {who.length > 0 && t('then')}
                  {t('people')}
                </span>
              )}
            </span>
          </div>
        );
      })}
      <p className="sm muted">
        {hours === null ? t('noHours') : t(hours.open ? 'openNow' : 'closedNow', { name: hours.name })}{' '}
        <Link to={hours === null ? '/settings/hours' : `/settings/hours/${hours.slug}`} className="ans-link">
          {t(hours === null ? 'setHours' : 'seeHours')}
        </Link>
      </p>
    </section>
  );
}

function AddFlow({ listeners, onAdd }: { listeners: Listener[]; onAdd: (listener: Listener) => void }) {
  const { t } = useTranslation('answering');
  const there = new Set(listeners.map((each) => each.flow));
  const flows = (useFlows().data ?? []).filter((flow) => flow.kind === 'chatbot' && !there.has(flow.key));
  if (flows.length === 0) return null;
  return (
    <Select
      className="ans-add"
      aria-label={t('add')}
      placeholder={t('add')}
      leftSection={<IconPlus size={14} />}
      searchable
      nothingFoundMessage={t('nothingFound', { ns: 'common' })}
      data={flows.map((flow) => ({ value: flow.key, label: flow.live === null ? t('notLive', { name: flow.name }) : flow.name }))}
      value={null}
      onChange={(key) => {
        const flow = flows.find((each) => each.key === key);
        // What it starts by is known once it is saved; most start by any message.
        const starts = flow === undefined || flow.live === null ? [] : [{ event: 'message.received', first: false, terms: [], match: 'contains', conditional: false }];
        if (flow !== undefined) onAdd({ id: flow.id, flow: flow.key, name: flow.name, live: flow.live !== null, stopped: flow.stopped_at !== null, hours: 'always', any_message: true, keywords: [], starts });
      }}
    />
  );
}
