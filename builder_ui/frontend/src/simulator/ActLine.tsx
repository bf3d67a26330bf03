// What was done in a turn: the contact's words as a bubble, time and everything else as a line.
import { IconBolt, IconCheck, IconFile, IconMapPin, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useBuilder } from '../builder/store';
import { listOf, objectOf, textOf } from '../document/json';
import { eventsOf } from '../document/schema';
import { isDuration, type Duration } from './clock';
import type { Act, Option } from './rehearsal-api';
import { ClockLine } from './Talk';

export function ActLine({ act, offered }: { act: Act; offered: Option[] }) {
  const { t } = useTranslation('simulator');
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const inWords = useDuration();
  if ('presses' in act) {
    const id = textOf(act['presses']);
    return <Out>{offered.find((option) => option.id === id)?.title ?? id}</Out>;
  }
  if ('sends' in act) {
    const names = listOf(act['sends']).map((file) => textOf(objectOf(file)['name']) || textOf(objectOf(file)['url']));
    return <Out><span className="sim-file"><IconFile size={16} aria-hidden /> {names.join(', ')}</span>{textOf(act['says'])}</Out>;
  }
  if ('says' in act) return <Out>{textOf(act['says'])}</Out>;
  if ('shares' in act) return <Out><span className="sim-file"><IconMapPin size={16} aria-hidden /> {textOf(objectOf(act['shares'])['name']) || t('place')}</span></Out>;
  if (isDuration(act['waits'])) return <ClockLine>{t('passed', { time: inWords(act['waits']) })}</ClockLine>;
  if ('happens' in act) {
    const name = textOf(act['happens']);
    const title = eventsOf(types, language).find((event) => event.id === name)?.title ?? name;
    return <div className="sim-line"><IconBolt size={14} aria-hidden /> {title}</div>;
  }
  if ('finished' in act) {
    return <div className="sim-line"><IconCheck size={14} aria-hidden /> {typeof act['finished'] === 'string' ? t('finishedWith', { reason: act['finished'] }) : t('finished')}</div>;
  }
  return <div className="sim-line"><IconX size={14} aria-hidden /> {t('refused', { reason: textOf(act['refused']) })}</div>;
}

function Out({ children }: { children: React.ReactNode }) {
  return <div className="sim-bubble out sim-words">{children}</div>;
}

/** 1 dia · 30 minutos */
export function useDuration(): (time: Duration) => string {
  const { t } = useTranslation('simulator');
  return ({ amount, unit }) => t(`units.${unit}`, { count: amount });
}
