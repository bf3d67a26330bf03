// How the talk stands after its last turn, in words; and what keeps it from being played.
import { Button } from '@mantine/core';
import { IconAlertCircle, IconCircleCheck, IconClock, IconHeadset } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { goTo, sorted } from '../builder/problems';
import { useBuilder, useBuilderStore } from '../builder/store';
import { textOf } from '../document/json';
import { nameOfThing } from '../document/schema';
import { nameOfNode } from '../document/template';
import { Failed } from '../ui/Failed';
import { hour, moment } from './clock';
import { useSimulation, useSimulationStore } from './simulation';

export function Standing() {
  const { t } = useTranslation('simulator');
  const builder = useBuilderStore();
  const document = useBuilder((state) => state.edited.document);
  const types = useBuilder((state) => state.types);
  const language = useBuilder((state) => state.language);
  const stopped = useSimulation((state) => state.stopped);
  const turns = useSimulation((state) => state.turns);
  const zone = useSimulation((state) => textOf(state.played?.['timezone']));
  const last = turns.at(-1);
  const name = (id: string) => nameOfNode(document, types, id, language);
  if (stopped?.code === 'mock') {
    return <p className="sim-line"><IconClock size={14} aria-hidden className="is-lit" /> {t('standing.call', { name: name(stopped.node ?? '') })}</p>;
  }
  if (stopped !== null) {
    return <p className="sim-line is-wrong" role="alert"><IconAlertCircle size={14} aria-hidden /> {stopped.message[language]}</p>;
  }
  if (last === undefined) return null;
  if (last.status === 'failed' && last.error !== null) {
    const { node, message } = last.error;
    return (
      <div className="sim-wrong" role="alert">
        <IconAlertCircle size={14} aria-hidden />
        <button type="button" className="link" onClick={() => { builder.getState().open(node); builder.getState().look([node]); }}>
          {t('standing.failed', { name: name(node), message })}
        </button>
      </div>
    );
  }
  if (last.state === 'queued') {
    const team = last.team === null ? t('standing.noTeam') : nameOfThing(types, 'team', last.team);
    return <p className="sim-line"><IconHeadset size={14} aria-hidden /> {t('standing.people', { team })}</p>;
  }
  if (last.status === 'open' && last.waits_at !== null) {
    const words = last.next_timer === null ? t('standing.waits', { name: name(last.waits_at) }) : t('standing.waitsUntil', { name: name(last.waits_at), at: soon(last.now, last.next_timer, zone, language) });
    return <p className="sim-line"><IconClock size={14} aria-hidden /> {words}</p>;
  }
  if (last.status === null) return <p className="sim-line">{t('standing.nobody')}</p>;
  return <p className="sim-line"><IconCircleCheck size={14} aria-hidden /> {t('standing.over', { outcome: last.outcome ?? '' })}</p>;
}

/** The hour alone on the same day. */
function soon(now: string, then: string, zone: string, language: string): string {
  const [today, day] = [moment(now, zone, language), moment(then, zone, language)].map((at) => at.split(' ')[0]);
  return today === day ? hour(then, zone, language) : moment(then, zone, language);
}

/** The flow cannot be played as it is drawn: what is wrong, each the way to where it is. */
export function Trouble() {
  const { t } = useTranslation('simulator');
  const builder = useBuilderStore();
  const simulation = useSimulationStore();
  const language = useBuilder((state) => state.language);
  const error = useSimulation((state) => state.error);
  const findings = useSimulation((state) => state.findings);
  if (error === null) return null;
  const again = () => simulation.getState().replay();
  if (findings.length === 0) return <Failed error={error} title={t('trouble.title')} onRetry={again} />;
  return (
    <div className="gate-box is-error sim-trouble" role="alert">
      <b>{t('trouble.findings')}</b>
      <ul>
        {sorted(findings).map((finding, index) => (
          <li key={index}>
            <button type="button" className="link" onClick={() => goTo(builder, finding)}>{finding.message[language]}</button>
          </li>
        ))}
      </ul>
      <Button size="xs" onClick={again}>{t('retry', { ns: 'common' })}</Button>
    </div>
  );
}
