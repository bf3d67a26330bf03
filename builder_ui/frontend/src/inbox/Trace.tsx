// What the chatbot asked and was told, as one card that folds: a line per node.
import { UnstyledButton } from '@mantine/core';
import {
  IconBolt, IconChevronDown, IconFlag2, IconGitBranch, IconHeadset, IconHelpCircle, IconHourglass, IconListDetails, IconMessage, IconRobot, IconRoute, IconVariable,
  type Icon,
} from '@tabler/icons-react';
import { useId, useState, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { Chip } from '../ui/Chip';
import type { TraceItem, TraceStep } from './types';
import { hour, moment, type Clock } from './words';

const kinds: Record<string, { group: string; shape: string; icon: Icon }> = {
  trigger: { group: 'start', shape: 'round', icon: IconBolt },
  message: { group: 'say', shape: '', icon: IconMessage },
  question: { group: 'ask', shape: '', icon: IconHelpCircle },
  menu: { group: 'ask', shape: '', icon: IconListDetails },
  condition: { group: 'decide', shape: 'diamond', icon: IconGitBranch },
  set: { group: 'decide', shape: 'diamond', icon: IconVariable },
  delay: { group: 'decide', shape: 'diamond', icon: IconHourglass },
  transfer: { group: 'handoff', shape: '', icon: IconHeadset },
  end: { group: 'start', shape: 'round', icon: IconFlag2 },
};

export function Trace({ item, open: openAtFirst, clock }: { item: TraceItem; open: boolean; clock: Clock }) {
  const { t } = useTranslation('inbox');
  const [open, setOpen] = useState(openAtFirst);
  const body = useId();
  const times = [...new Set([moment(item.at, clock), hour(item.until, clock)])].join('–');
  return (
    <section className="inbox-trace">
      <UnstyledButton className="inbox-trace-head" aria-expanded={open} aria-controls={body} onClick={() => setOpen(!open)} title={t(open ? 'trace.fold' : 'trace.unfold')}>
        <IconRobot size={17} className="muted" aria-hidden />
        <b>{t('trace.title')}</b>
        {item.flow !== null && <span className="inbox-trace-flow ell">{item.flow.name} · v{item.flow.number}</span>}
        <span className="grow" />
        <span className="sm muted num nowrap">{times} · {t('trace.steps', { count: item.steps.length })}</span>
        <IconChevronDown size={16} className="muted inbox-chevron" aria-hidden />
      </UnstyledButton>
      {open && (
        <ol id={body}>
          {item.steps.map((step, index) => <Step key={`${step.node} ${String(index)}`} step={step} clock={clock} />)}
        </ol>
      )}
    </section>
  );
}

function Step({ step, clock }: { step: TraceStep; clock: Clock }) {
  const { t } = useTranslation('inbox');
  const kind = kinds[step.type] ?? { group: 'flows', shape: '', icon: IconRoute };
  const colours: CSSProperties = Object.fromEntries([['--cat', `var(--cat-${kind.group})`], ['--cat-tint', `var(--cat-${kind.group}-tint)`]]);
  const words = step.text === null || step.text === '' || step.text === step.label ? step.label : `${step.label}: ${step.text}`;
  return (
    <li>
      <time className="xs muted num" dateTime={step.at}>{hour(step.at, clock)}</time>
      <span className={`ui-tile inbox-tile ${kind.shape}`} style={colours}><kind.icon size={13} aria-hidden /></span>
      <span className="ell" title={words}>{words}{step.answer !== null && step.answer !== '' && <b> “{step.answer}”</b>}</span>
      <Chip>{step.port ?? t('trace.went')}</Chip>
    </li>
  );
}
