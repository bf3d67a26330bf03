// What a click on the canvas means: open, choose, let go, or ask what can be done here.
import type { ReactFlowInstance } from '@xyflow/react';
import { useMemo, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useBuilderStore } from '../builder/store';
import { wireId, type Edge, type Position } from '../document/flow';
import { realFrom } from '../document/folding';
import { toast } from '../ui/toast';
import type { MenuRequest } from './CanvasMenu';
import type { CanvasNode } from './shapes';
import type { WireHands } from './Wires';

/** What the menu offers on what is selected, and on the empty canvas; what cannot be done is left out. */
const onThings = [['open', 'connect', 'add'], ['cut', 'copy', 'duplicate', 'remove'], ['frame', 'unframe', 'alignLeft', 'alignTop', 'arrange'], ['fitSelected']];
const onPaper = [['paste', 'note', 'selectAll'], ['arrange', 'fit', 'minimap'], ['find', 'commands', 'shortcuts']];

/** A menu of actions at a place of the window. */
export type Pointed = { at: Position; ids: readonly (readonly string[])[] };

type Setting = {
  flow: ReactFlowInstance<CanvasNode>;
  setMenu: (request: MenuRequest | null) => void;
  setPointed: (pointed: Pointed) => void;
};

/** The same functions for as long as the canvas is there. */
export function usePointing({ flow, setMenu, setPointed }: Setting) {
  const { t } = useTranslation('builder');
  const store = useBuilderStore();
  return useMemo(() => {
    const pointAt = (event: MouseEvent | globalThis.MouseEvent) => {
      event.preventDefault();
      const { selected, wire } = store.getState();
      setPointed({ at: { x: event.clientX, y: event.clientY }, ids: selected.size > 0 || wire !== null ? onThings : onPaper });
    };
    const pick = (edge: Edge) => store.getState().select([], wireId(realFrom(edge)));
    const wires: WireHands = {
      pick,
      menu: (edge, event) => {
        pick(edge);
        pointAt(event);
      },
      cut: (edge) => {
        const { source, port } = realFrom(edge);
        const { change, undo } = store.getState();
        change({ kind: 'wire', source, port, target: null });
        toast({ text: t('done.cut', { count: 1 }), undo });
      },
      insert: (edge, event) => {
        const { source, port } = realFrom(edge);
        const screen = { x: event.clientX, y: event.clientY };
        setMenu({ kind: 'follow', from: { source, port }, place: flow.screenToFlowPosition(screen), screen });
      },
    };
    const handlers = {
      onNodeClick: (event: MouseEvent, node: CanvasNode) => {
        if (node.type === 'card' && !event.shiftKey && !event.ctrlKey && !event.metaKey) store.getState().open(node.id);
      },
      onPaneClick: () => {
        store.getState().open(null);
        store.getState().set({ wire: null });
        setMenu(null);
      },
      onNodeContextMenu: (event: MouseEvent, node: CanvasNode) => {
        if (!store.getState().selected.has(node.id)) store.getState().select([node.id]);
        pointAt(event);
      },
      onSelectionContextMenu: pointAt,
      onPaneContextMenu: (event: MouseEvent | globalThis.MouseEvent) => {
        store.getState().select([]);
        pointAt(event);
      },
    };
    return { wires, handlers };
  }, [store, flow, setMenu, setPointed, t]);
}
