// The palette: tile over word by group; a click opens the group's list with search, rows can be dragged.
import { Popover } from '@mantine/core';
import { IconNote } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DRAG_TYPE } from '../canvas/shapes';
import { paletteOf } from '../document/palette';
import { groupOf } from '../document/schema';
import { Picker } from '../ui/Picker';
import { Tile } from '../ui/Tile';
import { appendAfterSelected } from './appending';
import { addNote } from './notes';
import { usePalette } from './palette';
import { useBuilder, useBuilderStore } from './store';

const shapes: Record<string, 'round' | 'diamond'> = { start: 'round', decide: 'diamond' };

export function PaletteBar() {
  const { t } = useTranslation('builder');
  const store = useBuilderStore();
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const kind = useBuilder((builder) => builder.edited.document.kind);
  const palette = usePalette();
  const [open, setOpen] = useState<string | null>(null);
  const groups = paletteOf(types, language, kind).filter((group) => group.types.length > 0);

  function add(type: string) {
    appendAfterSelected(store.getState(), type);
    setOpen(null);
  }

  return (
    <aside className="bld-palette" aria-label={t('palette.label')}>
      {groups.map((group) => (
        <Popover
          key={group.id}
          position="right-start"
          width={272}
          opened={open === group.id}
          onChange={(opened) => setOpen(opened ? group.id : null)}
          trapFocus
          transitionProps={{ duration: 0 }} // what is typed right after the click must find the search
        >
          <Popover.Target>
            <button
              type="button"
              className={`bld-group ${open === group.id ? 'is-open' : ''}`}
              aria-expanded={open === group.id}
              draggable={group.types.length === 1}
              onDragStart={(event) => {
                const [only] = group.types;
                if (only !== undefined) event.dataTransfer.setData(DRAG_TYPE, only.type);
              }}
              onClick={() => setOpen(open === group.id ? null : group.id)}
            >
              <Tile group={group.id} icon={group.icon} shape={shapes[group.id] ?? 'square'} size={28} />
              {group.title}
            </button>
          </Popover.Target>
          <Popover.Dropdown p={0} aria-label={group.title}>
            <Picker
              label={t('palette.search')}
              picks={inGroupFirst(group.id)}
              dragAs={DRAG_TYPE}
              onPick={add}
              onClose={() => setOpen(null)}
            />
          </Popover.Dropdown>
        </Popover>
      ))}
      <span className="grow" />
      <button type="button" className="bld-group" onClick={() => addNote(store.getState())}>
        <span className="bld-note-icon">
          <IconNote size={20} />
        </span>
        {t('palette.note')}
      </button>
    </aside>
  );

  /** The group that was opened, then the others: search finds them all. */
  function inGroupFirst(group: string) {
    const rank = (type: string) => (groupOf(types.types[type]) === group ? 0 : 1);
    return palette.toSorted((one, other) => rank(one.id) - rank(other.id));
  }
}
