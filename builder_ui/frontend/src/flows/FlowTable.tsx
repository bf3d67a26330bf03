// The table: name and size, state, where in use, runs of seven days, who edited; acts at the end of a row.
import { ActionIcon, Checkbox, Menu, Tooltip } from '@mantine/core';
import {
  IconArchive,
  IconCopy,
  IconDots,
  IconDownload,
  IconMail,
  IconPlugConnected,
  IconWorld,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { Avatar } from '../ui/Avatar';
import { Chip } from '../ui/Chip';
import { moment } from '../ui/time';
import { toast } from '../ui/toast';
import { readFlowById, useArchiveFlow, useCreateFlow, useRestoreFlow, type FlowRow } from './flows-api';

const channelIcons: Record<string, TablerIcon> = { webchat: IconWorld, http: IconPlugConnected, email: IconMail };

type Props = {
  rows: FlowRow[];
  chosen: ReadonlySet<string>;
  /** Whether flows may be duplicated and archived. */
  edits: boolean;
  onChoose: (keys: ReadonlySet<string>) => void;
  onExport: (keys: string[]) => void;
};

export function FlowTable({ rows, chosen, edits, onChoose, onExport }: Props) {
  const { t } = useTranslation('flows');
  const some = rows.filter((row) => chosen.has(row.key)).length;
  const toggle = (key: string) => onChoose(chosen.has(key) ? new Set([...chosen].filter((each) => each !== key)) : new Set([...chosen, key]));
  return (
    <div className="flows-panel">
      <table>
        <thead>
          <tr>
            <th className="flows-tick">
              <Checkbox
                aria-label={t('selection.all')}
                checked={some > 0 && some === rows.length}
                indeterminate={some > 0 && some < rows.length}
                onChange={() => onChoose(some === rows.length ? new Set() : new Set(rows.map((row) => row.key)))}
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
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} chosen={chosen.has(row.key)} edits={edits} onToggle={() => toggle(row.key)} onExport={() => onExport([row.key])} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RowProps = { row: FlowRow; chosen: boolean; edits: boolean; onToggle: () => void; onExport: () => void };

function Row({ row, chosen, edits, onToggle, onExport }: RowProps) {
  const { t, i18n } = useTranslation('flows');
  const navigate = useNavigate();
  const number = (value: number) => value.toLocaleString(i18n.language);
  const finished = row.runs_7d === 0 ? '—' : `${number(Math.round((100 * row.completed_7d) / row.runs_7d))} %`;
  return (
    <tr
      className={chosen ? 'is-chosen' : undefined}
      onClick={(event) => {
        if (event.target instanceof Element && event.target.closest('a, button, label, input, .flows-tick, [role="menu"]') === null) void navigate(`/flows/${row.id}`);
      }}
    >
      <td className="flows-tick">
        <Checkbox aria-label={t('selection.one', { name: row.name })} checked={chosen} onChange={onToggle} />
      </td>
      <td>
        <Link to={`/flows/${row.id}`} className="flows-name ell" title={row.name}>
          {row.name}
        </Link>
        <div className="sm muted">{t('steps', { count: row.nodes })}</div>
      </td>
      <td>
        <span className="flows-chips">
          {row.live !== null && <Chip tone="ok">{t('live', { number: row.live.number })}</Chip>}
          {(row.live === null || row.draft_differs) && <Chip tone="warn">{row.live === null ? t('Draft') : t('draft')}</Chip>}
        </span>
      </td>
      <td>
        <span className="flows-chips">
          {row.channels.length === 0 && <span className="muted">—</span>}
          {row.channels.map((channel) => {
            const Icon = channelIcons[channel.kind] ?? IconWorld;
            return (
              <Chip key={channel.key} tone="line">
                <Icon size={12} aria-hidden /> {channel.name}
              </Chip>
            );
          })}
        </span>
      </td>
      <td className="r">{row.runs_7d === 0 ? <span className="muted">0</span> : number(row.runs_7d)}</td>
      <td className="r">{finished}</td>
      <td className="r">{row.failed_7d > 0 ? <b className="flows-failed">{number(row.failed_7d)}</b> : <span className="muted">0</span>}</td>
      <td className="r flows-last">
        <span className="flows-edited">
          <span className="muted sm">{moment(row.updated_at, i18n.language)}</span>
          {row.updated_by !== null && <Avatar name={row.updated_by.name} size="s" />}
        </span>
        <Acts row={row} edits={edits} onExport={onExport} />
      </td>
    </tr>
  );
}

function Acts({ row, edits, onExport }: Pick<RowProps, 'row' | 'edits' | 'onExport'>) {
  const { t } = useTranslation('flows');
  const create = useCreateFlow();
  const archive = useArchiveFlow();
  const restore = useRestoreFlow();
  const failed = () => toast({ text: t('acts.failed'), stays: true });

  async function copy() {
    const { document, kind } = await readFlowById(row.id);
    const name = t('acts.copyOf', { name: document.name });
    await create.mutateAsync({ name, kind, document: { ...document, name } });
    toast({ text: t('acts.duplicated', { name: row.name }) });
  }

  const putAway = () =>
    archive
      .mutateAsync(row.id)
      .then(() => toast({ text: t('acts.archived', { name: row.name }), undo: () => void restore.mutateAsync(row).catch(failed) }))
      .catch(failed);
  return (
    <span className="flows-acts">
      {edits && (
        <Tooltip label={t('acts.duplicate')}>
          <ActionIcon size={28} aria-label={t('acts.duplicateOf', { name: row.name })} loading={create.isPending} onClick={() => void copy().catch(failed)}>
            <IconCopy size={16} />
          </ActionIcon>
        </Tooltip>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={28} aria-label={t('acts.more', { name: row.name })}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconDownload size={16} />} onClick={onExport}>
            {t('acts.export')}
          </Menu.Item>
          {edits && (
            <Menu.Item leftSection={<IconArchive size={16} />} onClick={putAway}>
              {t('acts.archive')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}
