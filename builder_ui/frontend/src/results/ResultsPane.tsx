// The results' place in the builder: while it is open the canvas shows a version with its numbers, to be read only.
import { lazy, Suspense, useEffect } from 'react';
import { useBuilder, useBuilderStore } from '../builder/store';
import { Loading } from '../ui/Loading';

const ResultsView = lazy(() => import('./ResultsView'));

export function ResultsPane() {
  const store = useBuilderStore();
  const isAsked = useBuilder((builder) => builder.side === 'results');
  useEffect(() => (isAsked ? () => store.getState().set({ shown: null, heat: null, trail: null, opened: null }) : undefined), [store, isAsked]);
  if (!isAsked) return null;
  return (
    <Suspense fallback={<aside className="bld-side"><Loading /></aside>}>
      <ResultsView />
    </Suspense>
  );
}
