// One flow of the list.
import type { TFunction } from 'i18next';
import { memo, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Avatar } from '../ui/Avatar';
import { Chip } from '../ui/Chip';
import { Sparkline } from '../ui/Sparkline';
import { moment } from '../ui/time';
import { ChannelChip } from './ChannelChip';
import { FlowActs } from './FlowActs';
import type { FlowRow } from './flows-api';

const MOST_TAGS = 2;
const MOST_CHANNELS = 2;

export type RowActs = {
  open: (row: FlowRow) => void;
  toggle: (row: FlowRow) => void;
  drag: (event: DragEvent, row: FlowRow) => void;
  export: (row: FlowRow) => void;
  move: (row: FlowRow) => void;
  tag: (row: FlowRow) => void;
  used: (row: FlowRow) => void;
};

type Props = {
  row: FlowRow;
  /** Its row in the whole table, the head's being 1. */
  place: number;
  folder: string | undefined;
  chosen: boolean;
  edits: boolean;
  /** The same at every drawing. */
  acts: RowActs;
};

export const FlowRowView = memo(function FlowRowView({ row, place, folder, chosen, edits, acts }: Props) {
  const { t, i18n } = useTranslation('flows');
  const number = (value: number) => value.toLocaleString(i18n.language);
  const finished = row.runs_7d === 0 ? '—' : `${number(Math.round((100 * row.completed_7d) / row.runs_7d))} %`;
  const more = row.channels.slice(MOST_CHANNELS);
  return (
    <tr
      className={chosen ? 'is-chosen' : undefined}
      aria-rowindex={place}
      draggable={edits}
      onDragStart={(event) => acts.drag(event, row)}
      onClick={(event) => {
        if (event.target instanceof Element && event.target.closest('a, button, label, input, .flows-tick, [role="menu"]') === null) acts.open(row);
      }}
    >
      <td className="flows-tick">
        <input type="checkbox" className="flows-check" aria-label={t('selection.one', { name: row.name })} checked={chosen} onChange={() => acts.toggle(row)} />
      </td>
      <td>
        <Link to={`/flows/${row.id}`} className="flows-name ell" title={row.name} draggable={false}>
          {row.name}
        </Link>
        <div className="flows-second sm muted">
          <span className="ell">{[...(folder === undefined ? [] : [folder]), t('steps', { count: row.nodes })].join(' · ')}</span>
          {row.channels.length > 0 && <span className="flows-where ell">{row.channels.map((channel) => channel.name).join(', ')}</span>}
          {row.tags.slice(0, MOST_TAGS).map((tag) => (
            <Chip key={tag}>{tag}</Chip>
          ))}
          {row.tags.length > MOST_TAGS && <span title={row.tags.slice(MOST_TAGS).join(', ')}>+{row.tags.length - MOST_TAGS}</span>}
        </div>
      </td>
      <td>
        <State row={row} />
      </td>
      <td>
        <span className="flows-chips">
          {row.channels.length === 0 && <span className="muted">—</span>}
          {row.channels.slice(0, MOST_CHANNELS).map((channel) => (
            <ChannelChip key={channel.key} channel={channel} />
          ))}
          {more.length > 0 && <span className="sm muted" title={more.map((channel) => channel.name).join(', ')}>+{more.length}</span>}
        </span>
      </td>
      <td className="r">
        <span className="flows-runs">
          <Sparkline runs={row.runs_by_day} failed={row.failed_by_day} label={days(row, t, number)} />
          {row.runs_7d === 0 ? <span className="muted">0</span> : number(row.runs_7d)}
        </span>
      </td>
      <td className="r">{finished}</td>
      <td className="r">{row.failed_7d > 0 ? <b className="flows-failed">{number(row.failed_7d)}</b> : <span className="muted">0</span>}</td>
      <td className="r flows-last">
        <span className="flows-edited">
          <span className="muted sm">{moment(row.updated_at, i18n.language)}</span>
          {row.updated_by !== null && <Avatar name={row.updated_by.name} size="s" />}
        </span>
        <FlowActs row={row} edits={edits} acts={acts} />
      </td>
    </tr>
  );
});

/** The bars in words. */
function days({ runs_by_day: runs, failed_by_day: failed }: FlowRow, t: TFunction<'flows'>, shown: (count: number) => string): string {
  const all = sum(runs);
  return t('lately', { count: all, runs: shown(all), failed: shown(sum(failed)), most: shown(Math.max(0, ...runs)) });
}

function sum(counts: number[]): number {
  return counts.reduce((all, each) => all + each, 0);
}

function State({ row }: { row: FlowRow }) {
  const { t } = useTranslation('flows');
  return (
    <span className="flows-chips">
      {row.live !== null && <Chip tone={row.stopped_at === null ? 'ok' : 'plain'}>{t(row.stopped_at === null ? 'live' : 'stopped', { number: row.live.number })}</Chip>}
      {(row.live === null || row.draft_differs) && <Chip tone="warn">{t(row.live === null ? 'Draft' : 'draft')}</Chip>}
    </span>
  );
}
