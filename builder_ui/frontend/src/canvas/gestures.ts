// What hands do on the canvas with steps and wires becomes changes of the document.
import type { Connection, FinalConnectionState, NodeChange, ReactFlowInstance } from '@xyflow/react';
import { useEffect, useMemo, useRef, useState, type Dispatch, type DragEvent, type RefObject, type SetStateAction } from 'react';
import { useBuilderStore } from '../builder/store';
import type { Change } from '../document/changes';
import { append, newNode } from '../document/edits';
import { noteId, type Position } from '../document/flow';
import { realFrom } from '../document/folding';
import { afterMove, carriedBy, frameBox, holds, placedAt, withFrame } from '../document/frames';
import { mayEnter } from '../document/schema';
import { sizes } from '../theme/theme';
import type { MenuRequest } from './CanvasMenu';
import type { Drawing } from './drawing';
import { wireAt } from './nearest';
import type { Store } from './editing';
import { DRAG_TYPE, ENTRY_HANDLE, type CanvasNode } from './shapes';

type Places = Record<string, Position>;

type Hands = {
  flow: ReactFlowInstance<CanvasNode>;
  drawing: Pick<Drawing, 'cards' | 'resting' | 'wires'>;
  /** Where what is being dragged is at the moment. */
  moved: Places;
  setMoved: Dispatch<SetStateAction<Places>>;
  openMenu: (request: MenuRequest) => void;
};

/** What the canvas calls while things are selected, dragged, connected and dropped: the same functions all the time, since all cards are drawn again for a new one. */
export function useGestures(hands: Hands) {
  const store = useBuilderStore();
  const now = useRef(hands);
  useEffect(() => {
    now.current = hands;
  });
  const [pulling, setPulling] = useState(false);
  const gestures = useMemo(() => gesturesOf(store, now, setPulling), [store]);
  return { pulling, ...gestures };
}

function gesturesOf(store: Store, now: RefObject<Hands>, setPulling: (pulling: boolean) => void) {
  function onNodesChange(changes: NodeChange<CanvasNode>[]) {
    const { selected, select } = store.getState();
    const next = new Set(selected);
    let isSelecting = false;
    const places: Record<string, Position> = {};
    for (const change of changes) {
      if (change.type === 'select') {
        isSelecting = true;
        if (change.selected) next.add(change.id);
        else next.delete(change.id);
      } else if (change.type === 'position' && change.position !== undefined && change.dragging === true) {
        places[change.id] = { x: Math.round(change.position.x), y: Math.round(change.position.y) };
      }
    }
    if (isSelecting) select(next);
    const { document } = store.getState().edited;
    const { setMoved, drawing } = now.current;
    if (Object.keys(places).length > 0) setMoved((before) => ({ ...before, ...carriedBy(document, drawing.resting, places) }));
  }

  function onDragStop() {
    const { moved, setMoved, drawing } = now.current;
    const { resting } = drawing;
    const { change, edited } = store.getState();
    const { document } = edited;
    const notes = (document.notes ?? []).filter((note) => noteId(note.id) in moved);
    const places = Object.fromEntries(Object.entries(moved).filter(([id]) => resting.has(id)));
    if (Object.keys(moved).length === 0) return;
    const joined = afterMove(document, resting, placedAt(resting, places), new Set(Object.keys(places)));
    const changes: Change[] = [
      { kind: 'moveNodes', positions: places },
      ...notes.map((note): Change => ({ kind: 'putNote', note: { ...note, position: moved[noteId(note.id)] ?? note.position } })),
    ];
    change({ kind: 'all', changes: joined === null ? changes : [...changes, joined] });
    setMoved({});
    insertMoved(Object.keys(places));
  }

  /** A loose step dropped on a wire is inserted there. */
  function insertMoved(ids: string[]) {
    const { cards, wires } = now.current.drawing;
    const { change, edited, types } = store.getState();
    const [id] = ids;
    const card = id === undefined ? undefined : cards.get(id);
    if (ids.length !== 1 || card === undefined) return;
    if (edited.document.edges.some((edge) => edge.source === id || edge.target === id)) return;
    const wire = wireAt(wires, { x: card.box.x + card.box.width / 2, y: card.box.y + sizes.headerHeight / 2 });
    if (wire === null) return;
    const [, ...rewire] = listed(append(edited.document, types, card.node, realFrom(wire.edge)));
    change({ kind: 'all', changes: rewire });
  }

  function onConnect({ source, sourceHandle, target }: Connection) {
    if (sourceHandle === null) return;
    store.getState().change({ kind: 'wire', source, port: sourceHandle, target });
  }

  function onConnectEnd(event: globalThis.MouseEvent | TouchEvent, state: FinalConnectionState) {
    setPulling(false);
    const { fromNode, fromHandle, toNode } = state;
    if (toNode !== null || fromNode === null || typeof fromHandle?.id !== 'string') return;
    const at = 'changedTouches' in event ? event.changedTouches[0] : event;
    if (at === undefined) return;
    const { openMenu, flow } = now.current;
    openMenu({
      kind: 'follow',
      from: { source: fromNode.id, port: fromHandle.id },
      place: flow.screenToFlowPosition({ x: at.clientX, y: at.clientY }),
      screen: { x: at.clientX, y: at.clientY },
    });
  }

  function onDrop(event: DragEvent) {
    const type = event.dataTransfer.getData(DRAG_TYPE);
    if (type === '') return;
    event.preventDefault();
    const { change, edited, types, open } = store.getState();
    const { flow, drawing } = now.current;
    const { resting, wires } = drawing;
    const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const place = { x: Math.round(at.x - sizes.cardWidth / 2), y: Math.round(at.y - sizes.headerHeight / 2) };
    const node = newNode(edited.document, types, type, place);
    const wire = wireAt(wires, at);
    const added = append(edited.document, types, node, wire === null ? null : realFrom(wire.edge));
    const around = (edited.document.frames ?? []).find((frame) => {
      const paper = frameBox(frame, resting);
      return paper !== null && holds(paper, { ...at, width: 0, height: 0 });
    });
    const joins: Change[] = around === undefined || around.nodes.length === 0 ? [] : [withFrame(edited.document, { ...around, nodes: [...around.nodes, node.id] })];
    change({ kind: 'all', changes: [added, ...joins] });
    open(node.id);
  }

  function onDragOver(event: DragEvent) {
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
  }

  /** Whether a wire that is being pulled may end at this card. */
  function isValidConnection({ targetHandle, target }: { target: string; targetHandle?: string | null }): boolean {
    const { types, edited } = store.getState();
    const node = edited.document.nodes.find((each) => each.id === target);
    return targetHandle === ENTRY_HANDLE && node !== undefined && mayEnter(types.types[node.type]);
  }

  return { onNodesChange, onDragStop, onConnectStart: () => setPulling(true), onConnect, onConnectEnd, onDrop, onDragOver, isValidConnection };
}

function listed(change: ReturnType<typeof append>) {
  return change.kind === 'all' ? change.changes : [change];
}
