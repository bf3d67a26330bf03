// What the contact does next: writes, sends, stays silent; and the clock, which the author moves.
import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { IconBolt, IconClockPlay, IconPhoto, IconMapPin, IconPlus, IconSend2, IconBan } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useBuilder } from '../builder/store';
import { textOf } from '../document/json';
import { useDuration } from './ActLine';
import { useHappenings } from './Began';
import { moment, untilThen, type Duration } from './clock';
import { useSimulation, useSimulationStore } from './simulation';
import { useAct } from './Talk';

const STRETCHES: Duration[] = [
  { amount: 1, unit: 'minutes' },
  { amount: 10, unit: 'minutes' },
  { amount: 1, unit: 'hours' },
  { amount: 1, unit: 'days' },
  { amount: 3, unit: 'days' },
  { amount: 7, unit: 'days' },
];
const PICTURE = { url: 'https://example.com/foto.jpg', mime: 'image/jpeg', name: 'foto.jpg' };
const PLACE = { latitude: -23.5614, longitude: -46.6559, name: 'Av. Paulista, 1000' };

export function Composer() {
  const { t } = useTranslation('simulator');
  const act = useAct();
  const simulation = useSimulationStore();
  const looking = useSimulation((state) => state.looking);
  const stopped = useSimulation((state) => state.stopped);
  const turns = useSimulation((state) => state.turns);
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const isBlocked = looking === null && stopped !== null;

  useEffect(() => {
    // What was pressed is gone with its turn: the next word is the contact's.
    if (document.activeElement === document.body) field.current?.focus({ preventScroll: true });
  }, [turns, isBlocked]);

  function say() {
    if (text.trim() === '' || isBlocked) return;
    act({ says: text.trim() });
    setText('');
    field.current?.focus();
  }

  function onKey(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    say();
  }

  return (
    <div className="sim-composer">
      {looking !== null && (
        <div className="sim-back" role="status">
          <span className="grow">{looking === 0 ? t('looking.start') : t('looking.turn', { place: looking, count: turns.length - looking })}</span>
          <button type="button" className="link" onClick={() => simulation.getState().look(null)}>{t('looking.end')}</button>
        </div>
      )}
      <div className="sim-box">
        <textarea
          ref={field}
          autoFocus
          rows={1}
          aria-label={t('write')}
          placeholder={isBlocked ? t('blocked') : t('write')}
          maxLength={4000}
          disabled={isBlocked}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKey}
        />
        <MoreActs disabled={isBlocked} />
        <ClockMenu disabled={isBlocked || turns.length === 0} />
        <Tooltip label={t('send')}>
          <ActionIcon size={28} variant="filled" aria-label={t('send')} disabled={isBlocked || text.trim() === ''} onClick={say}>
            <IconSend2 size={16} />
          </ActionIcon>
        </Tooltip>
      </div>
    </div>
  );
}

function MoreActs({ disabled }: { disabled: boolean }) {
  const { t } = useTranslation('simulator');
  const act = useAct();
  const waits = useSimulation((state) => state.turns.at(-1)?.waits_at ?? null);
  const happenings = useHappenings();
  return (
    <Menu position="top-end">
      <Menu.Target>
        <ActionIcon size={28} aria-label={t('more.label')} disabled={disabled}>
          <IconPlus size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPhoto size={16} />} onClick={() => act({ sends: [PICTURE] })}>{t('more.picture')}</Menu.Item>
        <Menu.Item leftSection={<IconMapPin size={16} />} onClick={() => act({ shares: PLACE })}>{t('more.place')}</Menu.Item>
        <Menu.Item leftSection={<IconBan size={16} />} disabled={waits === null} onClick={() => act({ refused: 'undeliverable' })}>{t('more.refuse')}</Menu.Item>
        {happenings.length > 0 && <Menu.Label>{t('more.happens')}</Menu.Label>}
        {happenings.map((start) => (
          <Menu.Item key={start.title} leftSection={<IconBolt size={16} />} onClick={() => act(start.act)}>{start.title}</Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function ClockMenu({ disabled }: { disabled: boolean }) {
  const { t } = useTranslation('simulator');
  const act = useAct();
  const inWords = useDuration();
  const language = useBuilder((state) => state.language);
  const zone = useSimulation((state) => textOf(state.played?.['timezone']));
  const shown = useSimulation((state) => state.turns[(state.looking ?? state.turns.length) - 1]);
  const next = shown?.next_timer ?? null;
  return (
    <Menu position="top-end">
      <Menu.Target>
        <Button size="xs" variant="subtle" leftSection={<IconClockPlay size={16} />} disabled={disabled}>{t('clock.label')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {shown !== undefined && <Menu.Label>{t('clock.now', { at: moment(shown.now, zone, language) })}</Menu.Label>}
        <Menu.Item
          disabled={next === null}
          rightSection={next !== null && <span className="num">{moment(next, zone, language)}</span>}
          onClick={() => shown !== undefined && next !== null && act({ waits: untilThen(shown.now, next) })}
        >
          {next === null ? t('clock.noTimer') : t('clock.next')}
        </Menu.Item>
        <Menu.Divider />
        {STRETCHES.map((time) => (
          <Menu.Item key={`${String(time.amount)}${time.unit}`} onClick={() => act({ waits: time })}>{t('clock.pass', { time: inWords(time) })}</Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
