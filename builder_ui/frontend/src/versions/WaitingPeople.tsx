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
          <Radio value="move" disabled={(prospects?.moves ?? 0) === 0} label={t('waiting.move', { number })} description={prospects === undefined ? t('waiting.counting') : prospects === null ? t('waiting.unknown') : movable(prospects, t)} />
          {prospects && <Stays places={prospects.places} names={names} />}
        </div>
        <Radio value="end" label={t('waiting.end')} description={t('waiting.endHint', { number })} />
      </div>
    </Radio.Group>
  );
}

/** How many can go on in the new version, and how many not. */
export function movable({ moves, stays }: Prospects, t: (key: string, words?: Record<string, unknown>) => string): string {
  if (moves === 0) return t('waiting.nobody');
  return stays === 0 ? t('waiting.all', { count: moves }) : `${t('waiting.can', { count: moves })}; ${t('waiting.stays', { count: stays })}`;
}
