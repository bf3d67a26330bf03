// The simulator beside the canvas: a talk with the draft as it is drawn now, its reasons, and the stories kept of such talks.
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconRefresh, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBuilder, useBuilderStore } from '../builder/store';
import { toast } from '../ui/toast';
import { Behind } from './Behind';
import { Composer } from './Composer';
import { NextMove } from './NextMove';
import { RealTest } from './RealTest';
import { SaveStory } from './SaveStory';
import { Setting } from './Setting';
import { playsAlike, useSimulation, useSimulationStore } from './simulation';
import { Stories } from './Stories';
import { Talk } from './Talk';
import './simulator.css';

const PAUSE = 500; // ms without an edit until the talk is played again

export default function Simulator() {
  const { t } = useTranslation('simulator');
  const builder = useBuilderStore();
  const simulation = useSimulationStore();
  const turns = useSimulation((state) => state.turns);
  const looking = useSimulation((state) => state.looking);
  const [view, setView] = useState<'talk' | 'stories' | 'real'>('talk');
  const here = looking ?? turns.length;
  useReplay();
  useEffect(() => simulation.getState().point(null), [simulation]);

  function restart() {
    const past = simulation.getState().restart();
    if (past !== null) toast({ text: t('restarted'), undo: () => simulation.getState().load(past) });
  }

  return (
    <aside className="bld-side sim" aria-label={t('title')}>
      <div className="bld-side-head">
        <h3 className="grow">{t('title')}</h3>
        <div className="sim-views" role="tablist" aria-label={t('title')}>
          {(['talk', 'stories', 'real'] as const).map((each) => (
            <button key={each} type="button" role="tab" aria-selected={view === each} onClick={() => setView(each)}>
              {t(`views.${each}`)}
            </button>
          ))}
        </div>
        <Tooltip label={t('restart')}>
          <ActionIcon size={28} aria-label={t('restart')} disabled={turns.length === 0} onClick={restart}>
            <IconRefresh size={16} />
          </ActionIcon>
        </Tooltip>
        <ActionIcon size={28} aria-label={t('close', { ns: 'common' })} onClick={() => builder.getState().set({ side: 'none' })}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      {view === 'stories' ? (
        <Stories onPlay={() => setView('talk')} />
      ) : view === 'real' ? (
        <RealTest />
      ) : (
        <>
          <Setting />
          <div className="sim-body">
            <div className="sim-front">
              <Talk />
              <NextMove />
              <Composer />
            </div>
            <Behind />
          </div>
          <div className="sim-foot">
            <Button size="xs" variant="subtle" leftSection={<IconArrowBackUp size={16} />} disabled={here === 0} onClick={() => simulation.getState().look(here - 1)}>
              {t('back')}
            </Button>
            <Button size="xs" variant="subtle" leftSection={<IconArrowForwardUp size={16} />} disabled={looking === null} onClick={() => simulation.getState().look(here + 1)}>
              {t('forth')}
            </Button>
            <span className="grow" />
            <SaveStory />
          </div>
        </>
      )}
    </aside>
  );
}

/** What is drawn anew is played anew, once the author pauses. */
function useReplay(): void {
  const simulation = useSimulationStore();
  const document = useBuilder((state) => state.edited.document);
  const drawn = useSimulation((state) => state.drawn);
  useEffect(() => {
    if (drawn === null || playsAlike(drawn, document)) return;
    const timer = setTimeout(() => simulation.getState().replay(), PAUSE);
    return () => clearTimeout(timer);
  }, [simulation, document, drawn]);
}
