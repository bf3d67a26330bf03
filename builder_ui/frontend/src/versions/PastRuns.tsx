// The last real runs, walked again by the draft: how many go the same way; where the others part first, with one to look at.
import './versions.css';
import { IconAlertTriangle, IconCircleCheck, IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBuilderStore } from '../builder/store';
import type { Names } from './names';
import { sentenceOf } from './parting';
import type { Parting, Retraced } from './versions-api';

const groups = ['elsewhere', 'unknown', 'otherwise'] as const;
const MOST = 6; // places of a group that are named

type Props = { retraced: Retraced | null | undefined; names: Names };

export function PastRuns({ retraced, names }: Props) {
  const { t } = useTranslation('versions');
  const [isOpen, setOpen] = useState(false);
  if (retraced === undefined || retraced === null || retraced.of === 0) {
    return (
      <p className="gate muted" role={retraced === undefined ? 'status' : undefined}>
        <IconHistory size={16} aria-hidden /> {t(retraced === undefined ? 'past.walking' : retraced === null ? 'past.failed' : 'past.nobody')}
      </p>
    );
  }
  const { of, walked, same, otherwise, elsewhere, unknown, places } = retraced;
  const isSame = elsewhere + unknown === 0;
  return (
    <section className="ver-past">
      <p className={isSame ? 'gate is-ok' : 'gate is-warning'}>
        {isSame ? <IconCircleCheck size={16} aria-hidden /> : <IconAlertTriangle size={16} aria-hidden />}
        <span className="grow">
          {isSame ? t(otherwise === 0 ? 'past.allSame' : 'past.sameWay', { count: walked }) : t('past.some', { way: same + otherwise, count: walked })}
          {walked < of && <span className="sm muted"> {t('past.partly', { walked, of })}</span>}
        </span>
        {places.length > 0 && (
          <button type="button" className="link sm" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {t(isOpen ? 'past.fold' : 'past.details')}
          </button>
        )}
      </p>
      {isOpen && (
        <div className="ver-partings">
          {groups.map((group) => {
            const here = places.filter((place) => place.verdict === group);
            return here.length === 0 ? null : <Group key={group} title={t(`past.${group}`, { count: retraced[group] })} places={here} names={names} />;
          })}
          <p className="xs muted">{t('past.hint')}</p>
        </div>
      )}
    </section>
  );
}

function Group({ title, places, names }: { title: string; places: Parting[]; names: Names }) {
  const { t } = useTranslation('versions');
  const store = useBuilderStore();
  return (
    <div>
      <h4>{title}</h4>
      <ul>
        {places.slice(0, MOST).map((place, index) => {
          const text = words(place, names, t);
          return (
            <li key={index}>
              <b className="num">{place.runs}</b>
              <button
                type="button"
                className="link grow"
                aria-label={t('past.look', { text })}
                onClick={() => store.getState().set({ asks: null, side: 'results', runAsked: { id: place.run, version: place.version } })}
              >
                {text}
              </button>
            </li>
          );
        })}
        {places.length > MOST && <li className="muted">{t('past.more', { count: places.length - MOST })}</li>}
      </ul>
    </div>
  );
}

function words(place: Parting, names: Names, t: (key: string, words: Record<string, string>) => string): string {
  const { key, node, before, after } = sentenceOf(place);
  const called = (id: string | null) => (id === null ? '' : key === 'elsewhere.ports' ? names.way(node, id) : names.step(id));
  return t(`parting.${key}`, { node: names.step(node), before: called(before), after: called(after) });
}
