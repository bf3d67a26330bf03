// The talk as the contact sees it on the chosen channel: a rule per turn, bubbles, buttons; each turn can be gone back to.
import { Button } from '@mantine/core';
import { IconClock, IconListDetails } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pieces } from '../../widget/src/links';
import { useBuilder } from '../builder/store';
import { objectOf, textOf, textsOf, type JsonObject } from '../document/json';
import { useSession } from '../session';
import { toast } from '../ui/toast';
import { ActLine } from './ActLine';
import { Began } from './Began';
import { hour, moment } from './clock';
import { callsOf } from './mocks';
import { Answered } from './NextMove';
import type { Act, Came, Option, Said } from './rehearsal-api';
import { useSimulation, useSimulationStore } from './simulation';
import { Standing, Trouble } from './Standing';

export function Talk() {
  const { t } = useTranslation('simulator');
  const { acts, turns, looking, playing } = useSimulation((state) => state);
  const kind = useSimulation((state) => textOf(objectOf(state.world['channel'])['kind']));
  const seen = looking ?? turns.length;
  const types = useBuilder((builder) => builder.types);
  const calls = callsOf(turns, types);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' });
  }, [turns, seen]);
  return (
    <div className={`sim-phone is-${kind}`}>
      <PhoneHead kind={kind} />
      <div className="sim-thread" role="log" aria-label={t('talk')} aria-busy={playing} tabIndex={0}>
        {turns.length === 0 && <Began />}
        {turns.map((turn, index) => (
          <div key={index} className="sim-turns">
            {index === seen && <div ref={end} />}
            <Turn
              turn={turn}
              act={acts[index] ?? {}}
              offered={offeredBefore(turns, index)}
              place={index + 1}
              isAfter={index >= seen}
              isLast={index === seen - 1}
              day={index === 0 || turns[index - 1]?.now.slice(0, 10) !== turn.now.slice(0, 10)}
            >
              {calls[index]?.map((call) => <Answered key={`${call.node} ${String(call.place)}`} call={call} />)}
            </Turn>
          </div>
        ))}
        {playing && acts.slice(turns.length).map((act, index) => (
          <div key={index} className="sim-turn is-after">
            <ActLine act={act} offered={offeredBefore(turns, turns.length)} />
          </div>
        ))}
        {looking === null && !playing && <Standing />}
        <Trouble />
        {looking === null && <div ref={end} />}
      </div>
    </div>
  );
}

function PhoneHead({ kind }: { kind: string }) {
  const { t } = useTranslation('simulator');
  const account = useSession().data?.account.name ?? '';
  return (
    <div className="sim-phone-head">
      <span className="ui-avatar s" aria-hidden>{initials(account)}</span>
      <div className="grow">
        <b className="ell">{account}</b>
        <div className="xs muted">{t(`channels.${kind}`, { defaultValue: kind })}</div>
      </div>
    </div>
  );
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.charAt(0).toUpperCase() ?? '').join('');
}

type TurnProps = { turn: Came; act: Act; offered: Option[]; place: number; isAfter: boolean; isLast: boolean; day: boolean; children: React.ReactNode };

function Turn({ turn, act, offered, place, isAfter, isLast, day, children }: TurnProps) {
  const { t } = useTranslation('simulator');
  const simulation = useSimulationStore();
  const zone = useSimulation((state) => textOf(state.played?.['timezone']));
  const language = useBuilder((builder) => builder.language);
  const stopped = useSimulation((state) => state.stopped);
  const isPast = useSimulation((state) => state.looking !== null);
  const at = day ? moment(turn.now, zone, language) : hour(turn.now, zone, language);
  const { look, point } = simulation.getState();
  return (
    <section className={`sim-turn ${isAfter ? 'is-after' : ''}`} aria-label={t('turn', { place, at })} onMouseEnter={() => point(place - 1)} onMouseLeave={() => point(null)}>
      <button type="button" className="sim-rule num" title={t('goBack')} onClick={() => look(place)}>
        <span>{t('turn', { place, at })}</span>
      </button>
      <ActLine act={act} offered={offered} />
      {children}
      {turn.effects.filter((effect) => effect['kind'] === 'send_template').map((effect, index) => (
        <TemplateBubble key={index} effect={effect} />
      ))}
      {turn.messages.map((message, index) => (
        <Bubble key={index} message={message} pressable={isLast && (stopped === null || isPast) && index === turn.messages.length - 1} />
      ))}
    </section>
  );
}

function Bubble({ message, pressable }: { message: Said; pressable: boolean }) {
  const { t } = useTranslation('simulator');
  const [open, setOpen] = useState(false);
  const isList = message.show_as === 'list' && message.options.length > 0;
  return (
    <div className="sim-bubble in">
      {message.attachments.map((file) => <Sent key={file.url} file={file} />)}
      {message.text !== '' && <Words text={message.text} />}
      {message.location !== null && <span className="sim-file">{textOf(message.location['name']) || t('place')}</span>}
      {message.contact_card !== null && <span className="sim-file">{textOf(message.contact_card['name'])}</span>}
      {isList && (
        <Button size="xs" variant="subtle" fullWidth className="sim-list" leftSection={<IconListDetails size={14} />} aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('options')}
        </Button>
      )}
      {message.options.length > 0 && (!isList || open) && (
        <div className={`sim-options ${isList ? 'is-list' : ''}`}>
          {message.options.map((option) => (
            <OptionButton key={option.id} option={option} pressable={pressable} />
          ))}
        </div>
      )}
    </div>
  );
}

function Sent({ file: { url, mime, name } }: { file: Said['attachments'][number] }) {
  const { t } = useTranslation('simulator');
  const label = name || t('picture');
  if (mime.startsWith('image/')) return <img src={url} alt={label} loading="lazy" />;
  if (mime.startsWith('audio/')) return <audio src={url} controls preload="metadata" aria-label={name || url} />;
  if (mime.startsWith('video/')) return <video src={url} controls preload="metadata" aria-label={name || url} />;
  return <a href={url} target="_blank" rel="noopener noreferrer" className="sim-file">{name || url}</a>;
}

/** An approved template, its parameters in place. */
function TemplateBubble({ effect }: { effect: JsonObject }) {
  const { t } = useTranslation('simulator');
  const slug = textOf(effect['template']);
  const template = useBuilder((builder) => builder.types.things?.['template'])?.find((each) => each.slug === slug);
  const values = textsOf(effect['values']);
  const names = textsOf(template?.['parameters']);
  const text = textOf(template?.['text']) || [slug, ...values].join(' · ');
  return (
    <div className="sim-bubble in">
      <div className="xs muted">{t('template', { name: template?.name ?? slug })}</div>
      <Words text={names.reduce((filled, name, index) => filled.replaceAll(`{{${name}}}`, values[index] ?? ''), text)} />
    </div>
  );
}

function Words({ text }: { text: string }) {
  return (
    <div className="sim-words">
      {pieces(text).map((piece, index) =>
        piece.kind === 'text' ? piece.text : (
          <a key={index} href={piece.address} target="_blank" rel="noopener noreferrer">{piece.text}</a>
        ),
      )}
    </div>
  );
}

function OptionButton({ option, pressable }: { option: Option; pressable: boolean }) {
  const act = useAct();
  return (
    <button type="button" disabled={!pressable} onClick={() => act({ presses: option.id })}>
      {option.title}
    </button>
  );
}

/** Do something in the talk; turns that it takes the place of can be had back. */
export function useAct(): (act: Act) => void {
  const { t } = useTranslation('simulator');
  const simulation = useSimulationStore();
  return (act) => {
    const past = simulation.getState().act(act);
    if (past === null) return;
    const dropped = past.acts.length - simulation.getState().acts.length + 1;
    toast({ text: t('replaced', { count: dropped }), undo: () => simulation.getState().load(past) });
  };
}

function offeredBefore(turns: Came[], index: number): Option[] {
  return turns.slice(0, index).flatMap((turn) => turn.messages).findLast((message) => message.options.length > 0)?.options ?? [];
}

export function ClockLine({ children }: { children: React.ReactNode }) {
  return (
    <div className="sim-line">
      <IconClock size={14} aria-hidden /> <span>{children}</span>
    </div>
  );
}
