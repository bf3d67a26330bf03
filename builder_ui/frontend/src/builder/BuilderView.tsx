// The builder's frame: top bar, palette, canvas, one side pane, problems, dialogs.
import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense, useEffect } from 'react';
import FlowCanvas from '../canvas/FlowCanvas';
import { Commands } from './actions/Commands';
import { Shortcuts } from './actions/Shortcuts';
import { ConflictDialog } from './ConflictDialog';
import { DraftsPane } from './DraftsPane';
import { HistoryPane } from './HistoryPane';
import { Inspector } from './Inspector';
import { useMaking } from './making';
import { PaletteBar } from './PaletteBar';
import { PasteDialog } from './PasteDialog';
import { ProblemsPanel } from './ProblemsPanel';
import { PublishDialog } from './PublishDialog';
import { SettingsPane } from './SettingsPane';
import { ResultsPane } from '../results/ResultsPane';
import { SimulatorPane } from '../simulator/SimulatorPane';
import { may } from '../may';
import { useSession } from '../session';
import { StopFlowDialog } from '../versions/StopFlowDialog';
import { useBuilder, useBuilderStore } from './store';
import { TopBar } from './TopBar';
import { UsesDialog } from './UsesDialog';

const MakeDialog = lazy(() => import('./MakeDialog'));

export default function BuilderView() {
  const store = useBuilderStore();
  const isMaking = useMaking((asked) => asked.making !== null);
  const isPhone = useMediaQuery('(max-width: 639px)');
  const readOnly = useBuilder((builder) => builder.readOnly);
  const opened = useBuilder((builder) => builder.opened);
  const side = useBuilder((builder) => builder.side);
  const problems = useBuilder((builder) => builder.problems);
  const conflict = useBuilder((builder) => builder.conflict);
  const name = useBuilder((builder) => builder.edited.document.name);
  const pasted = useBuilder((builder) => builder.pasted);
  const asks = useBuilder((builder) => builder.asks);

  const isVersion = useBuilder((builder) => builder.side === 'results' || builder.shown !== null);
  const mayEdit = may(useSession().data?.member.role, 'edit flows');
  useEffect(() => store.getState().set({ readOnly: isPhone || isVersion || !mayEdit }), [store, isPhone, isVersion, mayEdit]);
  useEffect(() => {
    document.title = name;
    return () => {
      document.title = 'flowengine';
    };
  }, [name]);

  return (
    <div className="bld">
      <TopBar onPublish={() => store.getState().set({ asks: 'publish' })} />
      {!readOnly && <PaletteBar />}
      <main className="bld-canvas">
        <FlowCanvas />
        {problems && <ProblemsPanel />}
      </main>
      {opened !== null && !isVersion && <Inspector key={opened} id={opened} />}
      {(opened === null || isVersion) && side === 'history' && <HistoryPane />}
      {opened === null && side === 'drafts' && <DraftsPane />}
      {opened === null && side === 'settings' && <SettingsPane />}
      <SimulatorPane />
      <ResultsPane />
      {asks === 'stop' && <StopFlowDialog onClose={() => store.getState().set({ asks: null })} />}
      {asks === 'publish' && <PublishDialog onClose={() => store.getState().set({ asks: null })} />}
      {pasted !== null && <PasteDialog bundle={pasted} />}
      {asks === 'commands' && <Commands />}
      {asks === 'shortcuts' && <Shortcuts />}
      {asks === 'uses' && <UsesDialog />}
      {isMaking && (
        <Suspense fallback={null}>
          <MakeDialog />
        </Suspense>
      )}
      {conflict !== null && <ConflictDialog conflict={conflict} />}
    </div>
  );
}
