// Who talks, on which channel, and when it begins.
import { Button, Popover, Select, Switch, TextInput } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useBuilder } from '../builder/store';
import { objectOf, textOf } from '../document/json';
import { Contact } from './Contact';
import { moment, momentOf, wallTime } from './clock';
import { useSimulation, useSimulationStore } from './simulation';

const KINDS = ['webchat', 'whatsapp', 'whatsapp_unofficial', 'instagram', 'messenger', 'telegram'];

export function Setting() {
  return (
    <div className="sim-setting">
      <Contact />
      <Channel />
      <When />
    </div>
  );
}

function Channel() {
  const { t } = useTranslation('simulator');
  const simulation = useSimulationStore();
  const channel = objectOf(useSimulation((state) => state.world['channel']));
  const own = (useBuilder((state) => state.types.things?.['channel']) ?? []).map((each) => ({ kind: textOf(each['kind']), key: each.slug, name: each.name }));
  const others = KINDS.filter((kind) => !own.some((each) => each.kind === kind)).map((kind) => ({ kind, key: kind, name: t(`channels.${kind}`) }));
  const all = [...own, ...others];
  const chosen = all.find((each) => each.key === channel['key']) ?? all.find((each) => each.kind === channel['kind']);
  return (
    <Select
      aria-label={t('setting.channel')}
      className="sim-channel"
      data={all.map((each) => ({ value: each.key, label: each.name }))}
      value={chosen?.key ?? null}
      allowDeselect={false}
      comboboxProps={{ width: 200, position: 'bottom-end' }}
      onChange={(key) => {
        const picked = all.find((each) => each.key === key);
        if (picked !== undefined) simulation.getState().setWorld({ channel: { kind: picked.kind, key: picked.key } });
      }}
    />
  );
}

function When() {
  const { t } = useTranslation('simulator');
  const simulation = useSimulationStore();
  const language = useBuilder((state) => state.language);
  const world = useSimulation((state) => state.world);
  const zone = useSimulation((state) => textOf(state.played?.['timezone'])) || Intl.DateTimeFormat().resolvedOptions().timeZone;
  const now = useSimulation((state) => state.turns[(state.looking ?? state.turns.length) - 1]?.now) ?? textOf(world['at']);
  const begins = textOf(world['at']) || new Date().toISOString();
  const teams = useBuilder((state) => state.types.things?.['team']) ?? [];
  const isClosed = objectOf(objectOf(world['hours'])['account'])['week'] !== undefined;
  const isAway = Object.keys(objectOf(world['teams'])).length > 0;

  return (
    <Popover position="bottom-end" width={300} trapFocus>
      <Popover.Target>
        <Button size="xs" className="sim-when num" aria-label={t('setting.when', { at: now === '' ? t('setting.now') : moment(now, zone, language) })} rightSection={<IconChevronDown size={14} />}>
          {now === '' ? t('setting.now') : moment(now, zone, language)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={16}>
        <div className="sim-form">
          <TextInput
            type="datetime-local"
            label={t('setting.begins')}
            value={wallTime(begins, zone)}
            onChange={(event) => {
              const at = momentOf(event.currentTarget.value, zone);
              if (at !== null) simulation.getState().setWorld({ at });
            }}
          />
          <Switch
            label={t('setting.closed')}
            checked={isClosed}
            onChange={(event) => simulation.getState().setWorld({ hours: event.currentTarget.checked ? { account: { timezone: zone, week: {} } } : {} })}
          />
          <Switch
            label={t('setting.away')}
            disabled={teams.length === 0}
            checked={isAway}
            onChange={(event) => simulation.getState().setWorld({ teams: event.currentTarget.checked ? Object.fromEntries(teams.map((team) => [team.slug, { available: 0 }])) : {} })}
          />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
