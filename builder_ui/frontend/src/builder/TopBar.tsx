// The builder's top bar: where one is, what state it is in, and what can be done with the whole.
import { ActionIcon, Button, Menu, SegmentedControl, Tooltip } from '@mantine/core';
import {
  IconAlertCircle,
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowLeft,
  IconChartBar,
  IconCircleDashed,
  IconClockHour4,
  IconCommand,
  IconDots,
  IconDownload,
  IconHistory,
  IconKeyboard,
  IconPlayerPlay,
  IconPlayerStop,
  IconSearch,
  IconSettings,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { download, fileOf } from '../flows/files';
import { Chip } from '../ui/Chip';
import { keysShown } from './actions/action';
import { isToFill } from './fresh';
import { Others } from './Others';
import { SaveMark } from './SaveMark';
import { useBuilder, useBuilderStore } from './store';

export function TopBar({ onPublish }: { onPublish: () => void }) {
  const { t } = useTranslation('builder');
  const store = useBuilderStore();
  const name = useBuilder((builder) => builder.edited.document.name);
  const mayUndo = useBuilder((builder) => builder.edited.history.done.length > 0);
  const mayRedo = useBuilder((builder) => builder.edited.history.undone.length > 0);
  const live = useBuilder((builder) => builder.live);
  const stopped = useBuilder((builder) => builder.stopped);
  const differs = useBuilder((builder) => builder.differs);
  const changes = useBuilder((builder) => builder.changes);
  const all = useBuilder((builder) => builder.findings);
  const fresh = useBuilder((builder) => builder.fresh);
  const problems = useBuilder((builder) => builder.problems);
  const readOnly = useBuilder((builder) => builder.readOnly);
  const side = useBuilder((builder) => builder.side);
  const { undo, redo, set, change, open } = store.getState();
  const findings = all.filter((finding) => !isToFill(finding, fresh));
  const toFill = all.length - findings.length;
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  const warnings = findings.length - errors;
  const isDraft = live === null || differs;
  const mode = side === 'results' || side === 'history' ? side : 'draw';

  return (
    <header className="bld-top">
      <h1 className="sr-only">{name}</h1>
      <Tooltip label={t('top.back')}>
        <ActionIcon component={Link} to="/flows" aria-label={t('top.back')}>
          <IconArrowLeft size={18} />
        </ActionIcon>
      </Tooltip>
      <input
        className="bld-name"
        aria-label={t('top.name')}
        title={name}
        value={name}
        readOnly={readOnly}
        maxLength={120}
        size={Math.min(32, name.length)}
        onChange={(event) => change({ kind: 'rename', name: event.currentTarget.value }, 'name')}
      />
      <span className="bld-chips">
        {live !== null && stopped && <Chip tone="bad">{t('stop.chip', { ns: 'versions' })}</Chip>}
        {live !== null && !stopped && <Chip tone="ok">{t('top.live', { number: live.number })}</Chip>}
        {isDraft && <Chip tone="warn">{live === null || changes === 0 ? t('top.draft') : t('top.changes', { count: changes })}</Chip>}
      </span>
      <span className="grow" />
      <SegmentedControl
        className="bld-modes"
        size="xs"
        aria-label={t('modes', { ns: 'results' })}
        value={mode}
        data={[
          { value: 'draw', label: t('draw', { ns: 'results' }) },
          { value: 'results', label: t('title', { ns: 'results' }) },
          { value: 'history', label: t('top.history') },
        ]}
        onChange={(next) => {
          open(null);
          set({ side: next === 'results' || next === 'history' ? next : 'none' });
        }}
      />
      <span className="grow" />
      {findings.length > 0 && (
        <Button
          variant="subtle"
          size="xs"
          className={errors > 0 ? 'bld-problems is-error' : 'bld-problems is-warning'}
          leftSection={errors > 0 ? <IconAlertCircle size={14} /> : <IconAlertTriangle size={14} />}
          aria-pressed={problems}
          onClick={() => set({ problems: !problems })}
        >
          {errors > 0 ? t('problems.errors', { count: errors }) : t('problems.warnings', { count: warnings })}
        </Button>
      )}
      {findings.length === 0 && toFill > 0 && (
        <Button variant="subtle" size="xs" className="bld-problems is-open" leftSection={<IconCircleDashed size={14} />} onClick={() => set({ problems: true })}>
          {t('problems.toFill', { count: toFill })}
        </Button>
      )}
      <SaveMark />
      {!readOnly && (
        <>
          <span className="bld-rule" />
          <Tool label={t('top.undo')} disabled={!mayUndo} onClick={undo}>
            <IconArrowBackUp size={18} />
          </Tool>
          <Tool label={t('top.redo')} disabled={!mayRedo} onClick={redo}>
            <IconArrowForwardUp size={18} />
          </Tool>
        </>
      )}
      <Tool label={t('top.find')} className="bld-find" disabled={false} onClick={() => set({ finding: true })}>
        <IconSearch size={16} />
      </Tool>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={28} aria-label={t('top.more')}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconChartBar size={16} />} onClick={() => { open(null); set({ side: 'results' }); }}>
            {t('title', { ns: 'results' })}
          </Menu.Item>
          <Menu.Item leftSection={<IconHistory size={16} />} onClick={() => { open(null); set({ side: side === 'history' ? 'none' : 'history' }); }}>
            {t('top.history')}
          </Menu.Item>
          <Menu.Item leftSection={<IconClockHour4 size={16} />} onClick={() => { open(null); set({ side: 'drafts' }); }}>
            {t('actions.drafts')}
          </Menu.Item>
          <Menu.Item leftSection={<IconSettings size={16} />} onClick={() => { open(null); set({ side: 'settings' }); }}>
            {t('top.settings')}
          </Menu.Item>
          <Menu.Item leftSection={<IconDownload size={16} />} onClick={() => download(fileOf(store.getState().edited.document))}>
            {t('top.export')}
          </Menu.Item>
          {live !== null && !readOnly && (
            <Menu.Item leftSection={stopped ? <IconPlayerPlay size={16} /> : <IconPlayerStop size={16} />} onClick={() => set({ asks: 'stop' })}>
              {t(stopped ? 'stop.resume' : 'stop.open', { ns: 'versions' })}
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item leftSection={<IconCommand size={16} />} rightSection={<span className="ui-kbd">{keysShown('Mod+k')}</span>} onClick={() => set({ asks: 'commands' })}>
            {t('actions.commands')}
          </Menu.Item>
          <Menu.Item leftSection={<IconKeyboard size={16} />} rightSection={<span className="ui-kbd">?</span>} onClick={() => set({ asks: 'shortcuts' })}>
            {t('actions.shortcuts')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Others />
      <Tooltip label={t('openHint', { ns: 'simulator' })}>
        <Button
          size="xs"
          className="bld-simulate"
          leftSection={<IconPlayerPlay size={16} />}
          aria-pressed={side === 'simulator'}
          onClick={() => {
            open(null);
            set({ side: side === 'simulator' ? 'none' : 'simulator' });
          }}
        >
          {t('open', { ns: 'simulator' })}
        </Button>
      </Tooltip>
      {!readOnly && (
        <Button variant="filled" size="xs" onClick={onPublish}>
          {t('top.publish')}
        </Button>
      )}
    </header>
  );
}

type ToolProps = { label: string; disabled: boolean; onClick: () => void; children: ReactNode; className?: string };

function Tool({ label, disabled, onClick, children, className }: ToolProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={28} {...(className === undefined ? {} : { className })} aria-label={label} disabled={disabled} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
