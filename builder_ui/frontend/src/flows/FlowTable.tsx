// The table: name, folder, size and tags, state, where in use, runs of seven days, who edited; only the rows one sees.
import { Checkbox } from '@mantine/core';
import { useMemo, useRef, useState, type DragEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { FlowRowView, type RowActs } from './FlowRowView';
import { DRAGGED, type FlowRow, type Folder } from './flows-api';
import { UsedDialog } from './UsedDialog';
import { useWindowed } from './useWindowed';

const ROW = 53; // a row and its line
const COLUMNS = 8;

type Props = {
  rows: FlowRow[];
  folders: Folder[];
  chosen: ReadonlySet<string>;
  /** Whether flows may be moved, tagged, duplicated and archived. */
  edits: boolean;
  scroller: RefObject<HTMLElement | null>;
  onChoose: (ids: ReadonlySet<string>) => void;
  onExport: (rows: FlowRow[]) => void;
  onMove: (rows: FlowRow[]) => void;
  onTag: (rows: FlowRow[]) => void;
};

export function FlowTable({ rows, folders, chosen, edits, scroller, onChoose, onExport, onMove, onTag }: Props) {
  const { t } = useTranslation('flows');
  const navigate = useNavigate();
  const body = useRef<HTMLTableSectionElement>(null);
  const { first, last } = useWindowed(scroller, body, rows.length, ROW);
  const names = new Map(folders.map((folder) => [folder.id, folder.name]));
  const [asked, setAsked] = useState<FlowRow | null>(null);
  const some = rows.filter((row) => chosen.has(row.id)).length;

  function onDragStart(event: DragEvent, row: FlowRow) {
    const ids = chosen.has(row.id) ? rows.filter((each) => chosen.has(each.id)).map((each) => each.id) : [row.id];
    event.dataTransfer.setData(DRAGGED, ids.join(' '));
    event.dataTransfer.effectAllowed = 'move';
    const ghost = document.createElement('div');
    ghost.className = 'flows-ghost';
    ghost.textContent = ids.length === 1 ? row.name : t('selection.count', { count: ids.length });
    document.body.append(ghost);
    event.dataTransfer.setDragImage(ghost, 12, 12);
    requestAnimationFrame(() => ghost.remove());
  }

  // The same for every drawing, so that a row is drawn anew only when it is different itself.
  const latest = useRef<RowActs>(null);
  latest.current = {
    open: (row) => void navigate(`/flows/${row.id}`),
    toggle: ({ id }) => onChoose(chosen.has(id) ? new Set([...chosen].filter((each) => each !== id)) : new Set([...chosen, id])),
    drag: onDragStart,
    export: (row) => onExport([row]),
    move: (row) => onMove([row]),
    tag: (row) => onTag([row]),
    used: setAsked,
  };
  const acts = useMemo<RowActs>(
    () => ({
      open: (row) => latest.current?.open(row),
      toggle: (row) => latest.current?.toggle(row),
      drag: (event, row) => latest.current?.drag(event, row),
      export: (row) => latest.current?.export(row),
      move: (row) => latest.current?.move(row),
      tag: (row) => latest.current?.tag(row),
      used: (row) => latest.current?.used(row),
    }),
    [],
  );

  return (
    <div className="flows-panel">
      <table aria-rowcount={rows.length + 1} aria-label={t('title')}>
        <thead>
          <tr>
            <th className="flows-tick">
              <Checkbox
                aria-label={t('selection.all')}
                checked={some > 0 && some === rows.length}
                indeterminate={some > 0 && some < rows.length}
                onChange={() => onChoose(some === rows.length ? new Set() : new Set(rows.map((row) => row.id)))}
              />
            </th>
            <th>{t('columns.name')}</th>
            <th>{t('columns.state')}</th>
            <th>{t('columns.use')}</th>
            <th className="r">{t('columns.runs')}</th>
            <th className="r">{t('columns.finished')}</th>
            <th className="r">{t('columns.failed')}</th>
            <th className="r">{t('columns.edited')}</th>
          </tr>
        </thead>
        <tbody ref={body}>
          <Gap rows={first} />
          {rows.slice(first, last).map((row, index) => (
            <FlowRowView
              key={row.id}
              row={row}
              place={first + index + 2}
              folder={row.folder === null ? undefined : names.get(row.folder)}
              chosen={chosen.has(row.id)}
              edits={edits}
              acts={acts}
            />
          ))}
          <Gap rows={rows.length - last} />
        </tbody>
      </table>
      {asked !== null && <UsedDialog row={asked} onClose={() => setAsked(null)} />}
    </div>
  );
}

/** Rows that are not drawn. */
function Gap({ rows }: { rows: number }) {
  if (rows <= 0) return null;
  return (
    <tr className="flows-gap" aria-hidden>
      <td colSpan={COLUMNS} style={{ height: rows * ROW }} />
    </tr>
  );
}
