// What the buttons of a wire do; null where nothing may be changed.
import { createContext, useContext, type MouseEvent } from 'react';
import type { Edge } from '../document/flow';

export type WireActions = { insert: (edge: Edge, event: MouseEvent) => void; cut: (edge: Edge) => void };

const WireActionsContext = createContext<WireActions | null>(null);
export const WireActionsProvider = WireActionsContext.Provider;

export function useWireActions(): WireActions | null {
  return useContext(WireActionsContext);
}
