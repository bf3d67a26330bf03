// Cards are not measured: their size and the places of their handles are arithmetic.
import { useStoreApi } from '@xyflow/react';
import { useState } from 'react';

/** xyflow would measure whatever comes into view, a layout of the whole page and a round of all listeners at each step. */
export function useArithmetic(): void {
  const store = useStoreApi();
  useState(() => {
    const { updateNodeInternals: measure, nodeLookup } = store.getState();
    store.setState({
      updateNodeInternals: (updates, ...more) => {
        const unknown = [...updates].filter(([id]) => nodeLookup.get(id)?.handles === undefined);
        if (unknown.length > 0) measure(new Map(unknown), ...more);
      },
    });
  });
}
