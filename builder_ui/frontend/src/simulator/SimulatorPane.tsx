// The simulator's place in the builder: its talk lives as long as the flow is open, its code comes when it is asked for.
import { lazy, Suspense, useEffect, useState } from 'react';
import { useBuilder, useBuilderStore } from '../builder/store';
import { Loading } from '../ui/Loading';
import { createSimulation, SimulationProvider } from './simulation';

const Simulator = lazy(() => import('./Simulator'));

export function SimulatorPane() {
  const builder = useBuilderStore();
  const [simulation] = useState(() => createSimulation(builder));
  const isAsked = useBuilder((state) => state.side === 'simulator');
  const opened = useBuilder((state) => state.opened);
  useEffect(() => (isAsked ? () => builder.getState().set({ trail: null }) : undefined), [builder, isAsked]);
  if (!isAsked || opened !== null) return null;
  return (
    <SimulationProvider value={simulation}>
      <Suspense fallback={<aside className="bld-side"><Loading /></aside>}>
        <Simulator />
      </Suspense>
    </SimulationProvider>
  );
}
