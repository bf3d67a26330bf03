// What came back, as a tree: a click on a value keeps it in a variable, another click no longer.
import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isObject, type Json } from '../document/json';
import { pathTo, type Way } from '../document/mapping';

const OPEN = 2; // levels that stand open at first
const MOST = 40; // parts of a list or an object that are shown at first

type Props = {
  value: Json;
  /** The variable that keeps what is at a path, null where none does. */
  keptAs: (path: string) => string | null;
  /** null: it may not be changed. */
  onToggle: ((way: Way, value: Json) => void) | null;
};

export function AnswerTree(props: Props) {
  const { t } = useTranslation('trying');
  return (
    <ul className="tree" aria-label={t('answer')}>
      <Branch {...props} way={[]} name={t('whole')} level={0} />
    </ul>
  );
}

function Branch({ value, way, name, level, keptAs, onToggle }: Props & { way: Way; name: string; level: number }) {
  const { t } = useTranslation('trying');
  const parts = partsOf(value);
  const [open, setOpen] = useState(level < OPEN && parts.length <= MOST);
  const [most, setMost] = useState(MOST);
  const path = pathTo(way);
  const variable = keptAs(path);
  return (
    <li>
      <div className="tree-row">
        {parts.length > 0 ? (
          <button type="button" className="tree-fold" aria-expanded={open} aria-label={t('unfold', { name })} onClick={() => setOpen(!open)}>
            <IconChevronRight size={14} className={open ? 'is-open' : ''} />
          </button>
        ) : (
          <span className="tree-fold" />
        )}
        <button
          type="button"
          className="tree-value"
          title={path}
          aria-pressed={variable !== null}
          disabled={onToggle === null}
          onClick={() => onToggle?.(way, value)}
        >
          <span className="tree-name">{name}</span>
          <span className={`tree-shown is-${value === null ? 'null' : typeof value}`}>{shown(value, t)}</span>
          <span className="sr-only">{variable === null ? t('keep', { path }) : t('forget', { path, variable })}</span>
        </button>
        {variable !== null && <span className="ui-var">{variable}</span>}
      </div>
      {open && parts.length > 0 && (
        <ul>
          {parts.slice(0, most).map(([step, part]) => (
            <Branch key={String(step)} value={part} way={[...way, step]} name={String(step)} level={level + 1} keptAs={keptAs} onToggle={onToggle} />
          ))}
          {parts.length > most && (
            <li>
              <button type="button" className="link xs" onClick={() => setMost(most + 200)}>
                {t('more', { count: parts.length - most })}
              </button>
            </li>
          )}
        </ul>
      )}
    </li>
  );
}

function partsOf(value: Json): [string | number, Json][] {
  if (Array.isArray(value)) return value.map((each, index) => [index, each]);
  return isObject(value) ? Object.entries(value) : [];
}

function shown(value: Json, t: (key: string, values: { count: number }) => string): string {
  if (Array.isArray(value)) return t('list', { count: value.length });
  if (isObject(value)) return t('object', { count: Object.keys(value).length });
  return typeof value === 'string' ? (value === '' ? '“”' : value.slice(0, 200)) : String(value);
}
