// Who would stay in their version, by step, and why.
import { useTranslation } from 'react-i18next';
import type { Names } from './names';
import type { Prospect } from './versions-api';

export function Stays({ places, names }: { places: Prospect[]; names: Names }) {
  const { t } = useTranslation('versions');
  const staying = together(places.filter((place) => place.why !== null));
  if (staying.length === 0) return null;
  return (
    <ul className="ver-stays">
      {staying.map(({ node, why, runs }) => (
        <li key={`${String(node)} ${String(why)}`}>
          <b className="num">{runs}</b> {t(`why.${why ?? 'between'}`, { name: node === null ? '' : names.step(node) })}
        </li>
      ))}
    </ul>
  );
}

/** Of all versions together: who reads it asks for steps, not for how old they are. */
function together(places: Prospect[]): Prospect[] {
  const found = new Map<string, Prospect>();
  for (const place of places) {
    const key = `${String(place.node)} ${String(place.why)}`;
    found.set(key, { ...place, runs: place.runs + (found.get(key)?.runs ?? 0) });
  }
  return [...found.values()].sort((one, other) => other.runs - one.runs);
}
