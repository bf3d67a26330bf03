// What becomes of people who are in earlier versions when a new one goes live: they stay, move as far as they can, or end.
import './versions.css';
import { Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Stays } from './Stays';
import type { Names } from './names';
import type { Prospects } from './versions-api';

export type Waiting = 'stay' | 'move' | 'end';
type Props = {
  present: number;
  number: number;
  /** Undefined while they are counted, null where that failed. */
  prospects: Prospects | null | undefined;
  names: Names;
  value: Waiting;
  onChange: (value: Waiting) => void;
};

export function WaitingPeople({ present, number, prospects, names, value, onChange }: Props) {
  const { t } = useTranslation('versions');
  const choose = (next: string) => onChange(next === 'move' || next === 'end' ? next : 'stay');
  return (
    <Radio.Group label={t('waiting.title', { count: present })} value={value} onChange={choose}>
      <div className="ver-waiting">
        <Radio value="stay" label={t('waiting.stay')} description={t('waiting.stayHint')} />
        <div>
          <Radio value="move" disabled={(prospects?.moves ?? 0) === 0} label={t('waiting.move', { number })} description={said(t, prospects)} />
          {prospects && <Stays places={prospects.places} names={names} />}
        </div>
        <Radio value="end" label={t('waiting.end')} description={t('waiting.endHint', { number })} />
      </div>
    </Radio.Group>
  );
}

function said(t: (key: string, words?: Record<string, unknown>) => string, prospects: Prospects | null | undefined): string {
  if (prospects === undefined) return t('waiting.counting');
  if (prospects === null) return t('waiting.unknown');
  const { moves, stays } = prospects;
  if (moves === 0) return t('waiting.nobody');
  return stays === 0 ? t('waiting.all', { count: moves }) : t('waiting.some', { moves, count: stays });
}
