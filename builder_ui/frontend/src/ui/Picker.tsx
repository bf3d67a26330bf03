// A short list to choose from with search, by mouse or by arrows: node types, steps, ports.
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { excerpt } from '../document/searching';
import { fold } from './fold';

export type Pick = { id: string; title: string; hint?: string; group?: string; icon?: ReactNode; drag?: string; keys?: string; texts?: string };

const MOST = 100; // rows; of more one finds the right one by typing

type Props = {
  label: string;
  picks: Pick[];
  onPick: (id: string) => void;
  onClose?: () => void;
  placeholder?: string;
  /** The MIME type under which a row can be dragged. */
  dragAs?: string;
};

export function Picker({ label, picks, onPick, onClose, placeholder, dragAs }: Props) {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const needle = plain(query);
  const found = (needle === '' ? picks : ranked(picks, needle)).slice(0, MOST);
  const here = found[Math.min(active, found.length - 1)];

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  function onKey(event: KeyboardEvent) {
    if (event.key === 'ArrowDown') setActive((place) => Math.min(place + 1, found.length - 1));
    else if (event.key === 'ArrowUp') setActive((place) => Math.max(place - 1, 0));
    else if (event.key === 'Enter' && here !== undefined) onPick(here.id);
    else if (event.key === 'Escape') onClose?.();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div className="ui-picker" role="dialog" aria-label={label}>
      <input
        // The picker opens at the author's own act, and typing is what comes next.
        autoFocus
        role="combobox"
        aria-expanded
        aria-controls="picker-list"
        aria-label={label}
        aria-activedescendant={here === undefined ? undefined : `pick-${here.id}`}
        placeholder={placeholder ?? label}
        value={query}
        onKeyDown={onKey}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setActive(0);
        }}
      />
      <ul ref={list} id="picker-list" role="listbox" aria-label={label}>
        {found.map((pick, index) => (
          <li key={pick.id} role="presentation">
            {needle === '' && pick.group !== undefined && pick.group !== found[index - 1]?.group && <div className="ui-picker-group">{pick.group}</div>}
            <div
              id={`pick-${pick.id}`}
              role="option"
              aria-selected={pick === here}
              className="ui-pick"
              draggable={dragAs !== undefined}
              onDragStart={(event) => {
                if (dragAs === undefined) return;
                event.dataTransfer.setData(dragAs, pick.id);
                event.dataTransfer.effectAllowed = 'copy';
              }}
              onMouseMove={() => setActive(index)}
              onClick={() => onPick(pick.id)}
            >
              {pick.icon}
              <span className="grow">
                <span className="ell">{pick.title}</span>
                {hintOf(pick, needle) !== undefined && <span className="muted xs">{hintOf(pick, needle)}</span>}
              </span>
              {pick.keys !== undefined && pick.keys !== '' && <kbd className="ui-kbd">{pick.keys}</kbd>}
            </div>
          </li>
        ))}
        {found.length === 0 && <li className="ui-picker-none muted sm">{t('nothingFound')}</li>}
      </ul>
    </div>
  );
}

/** Titles that begin like this, then titles that have it, then what says it elsewhere; each in the given order. */
function ranked(picks: Pick[], needle: string): Pick[] {
  const rank = (pick: Pick) => {
    const title = plain(pick.title);
    if (title.startsWith(needle)) return 0;
    if (title.includes(needle)) return 1;
    return plain(`${pick.hint ?? ''} ${pick.group ?? ''} ${pick.texts ?? ''}`).includes(needle) ? 2 : 3;
  };
  return picks.filter((pick) => rank(pick) < 3).toSorted((one, other) => rank(one) - rank(other));
}

/** “email” finds “E-mail”. */
function plain(text: string): string {
  return fold(text).replaceAll('-', '');
}

/** Where only its texts have what is looked for, the place in them. */
function hintOf({ title, hint, texts }: Pick, needle: string): string | undefined {
  if (needle === '' || texts === undefined || plain(`${title} ${hint ?? ''}`).includes(needle)) return hint;
  return excerpt(texts, fold(texts), needle) ?? hint;
}
