// The talk kept as a story: from then on a test of the flow.
import { Button, Popover, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '../api';
import { useBuilder } from '../builder/store';
import { FieldError } from '../forms/FieldError';
import { may } from '../may';
import { useSession } from '../session';
import { toast } from '../ui/toast';
import { useKeeping, type Story } from './rehearsal-api';
import { inView, useSimulationStore, useSimulation } from './simulation';

export function SaveStory() {
  const { t } = useTranslation('simulator');
  const role = useSession().data?.member.role;
  const simulation = useSimulationStore();
  const flow = useBuilder((state) => state.flow);
  const stopped = useSimulation((state) => state.stopped);
  const turns = useSimulation((state) => state.turns);
  const looking = useSimulation((state) => state.looking);
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const keeping = useKeeping(flow);
  const isWhole = turns.length > 0 && (stopped === null || (looking !== null && looking > 0));
  if (!may(role, 'edit flows')) return null;

  function save() {
    const { played } = simulation.getState();
    const exchanges = inView(simulation.getState()).map((turn) => turn.exchange);
    const story: Story = { name: name.trim(), exchanges, ...(played === null ? {} : { world: played }) };
    keeping.mutate((stories) => [...stories.filter((each) => each.name !== story.name), story], {
      onSuccess: () => {
        setOpen(false);
        setName('');
        toast({ text: t('story.saved', { name: story.name }) });
      },
    });
  }

  return (
    <Popover opened={open} onChange={setOpen} position="top-end" width={300} trapFocus>
      <Popover.Target>
        <Button
          size="xs"
          disabled={!isWhole}
          onClick={() => {
            setName(simulation.getState().story ?? '');
            setOpen(!open);
          }}
        >{t('story.save')}</Button>
      </Popover.Target>
      <Popover.Dropdown p={16}>
        <form
          className="sim-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() !== '') save();
          }}
        >
          <TextInput data-autofocus label={t('story.name')} placeholder={t('story.nameHint')} maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <p className="sm muted">{t('story.about')}</p>
          {keeping.isError && <FieldError text={keeping.error instanceof Refused ? keeping.error.message : t('story.failed')} />}
          <div className="row">
            <span className="grow" />
            <Button size="xs" variant="filled" type="submit" loading={keeping.isPending} disabled={name.trim() === ''}>{t('story.keep')}</Button>
          </div>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
