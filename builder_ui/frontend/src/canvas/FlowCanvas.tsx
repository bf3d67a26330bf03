// The flow on the canvas: xyflow shows what the document says, and every gesture becomes a change of the document.
import '@xyflow/react/dist/base.css';
import './canvas.css';
import './frames.css';
import {
  Background,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useReactFlow,
  useStore as useFlowStore,
  type Connection,
  type FinalConnectionState,
  type NodeChange,
} from '@xyflow/react';
import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState, type DragEvent, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useBuilder, useBuilderStore } from '../builder/store';
import type { Change } from '../document/changes';
import { noteId, wireId, type Edge, type Position } from '../document/flow';
import { realFrom } from '../document/folding';
import { afterMove, carriedBy, frameBox, holds, placedAt, withFrame } from '../document/frames';
import { append, newNode } from '../document/edits';
import { sizes } from '../theme/theme';
import { toast } from '../ui/toast';
import { WireActionsProvider, type WireActions } from './actions';
import { boxAround } from '../document/routing';
import { Detail, detailAt } from './detail';
import { useDrawing } from './drawing';
import { useKeyboard } from './keyboard';
import { ActionMenu } from '../builder/actions/ActionMenu';
import { CanvasMenu, type MenuRequest } from './CanvasMenu';
import { FirstStep } from './FirstStep';
import { FoldedCard } from './FoldedCard';
import { FrameCard } from './FrameCard';
import { useHand } from './hand';
import { NodeCard } from './NodeCard';
import { NoteCard } from './NoteCard';
import { OthersAt } from './OthersAt';
import { PullLine } from './PullLine';
import { ENTRY_HANDLE, type CanvasNode, type WireEdge } from './shapes';
import { wireAt } from './nearest';
import { WireLine } from './WireLine';
import { SelectionBar } from './SelectionBar';
import { ZoomBar } from './ZoomBar';
import { reducedMotion } from './motion';
import { drawerOver, shiftInto, viewOf } from './fit';

export const DRAG_TYPE = 'application/x-flowengine-type';
const nodeTypes = { card: NodeCard, note: NoteCard, frame: FrameCard, folded: FoldedCard };
const edgeTypes = { wire: WireLine };
/** What the menu offers on what is selected, and on the empty canvas; what cannot be done is left out. */
const onThings = [['open', 'connect', 'add'], ['cut', 'copy', 'duplicate', 'remove'], ['frame', 'unframe', 'alignLeft', 'alignTop', 'arrange'], ['fitSelected']];
const onPaper = [['paste', 'note', 'selectAll'], ['arrange', 'fit', 'minimap'], ['find', 'commands', 'shortcuts']];

export default function FlowCanvas() {
  return (
    <ReactFlowProvider>
      <Canvas />
    </ReactFlowProvider>
  );
}

function Canvas() {
  const { t } = useTranslation('builder');
  const store = useBuilderStore();
  const readOnly = useBuilder((builder) => builder.readOnly);
  const camera = useBuilder((builder) => builder.camera);
  const finding = useBuilder((builder) => builder.finding);
  const opened = useBuilder((builder) => builder.opened);
  const flow = useReactFlow<CanvasNode, WireEdge>();
  const zoom = useFlowStore((state) => state.transform[2]);
  const [moved, setMoved] = useState<Record<string, Position>>({});
  const [pulling, setPulling] = useState(false);
  const [menu, setMenu] = useState<MenuRequest | null>(null);
  const [minimap, setMinimap] = useState(false);
  const [pointed, setPointed] = useState<{ at: Position; ids: readonly (readonly string[])[] } | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const pointer = useRef<Position | null>(null);
  const { nodes, edges, cards, resting, wires, inside } = useDrawing(moved);
  const detail = detailAt(zoom);

  const toCamera = useEffectEvent((ids: string[]) => {
    if (ids.length === 0) return showAll(320);
    const duration = reducedMotion() ? 0 : 320;
    void flow.fitView({ nodes: ids.map((id) => ({ id: inside.get(id) ?? id })), duration, maxZoom: 1, minZoom: Math.min(1, flow.getZoom()), padding: 0.4 });
  });

  const keepInView = useEffectEvent((id: string) => {
    const card = cards.get(id);
    const frame = box.current?.getBoundingClientRect();
    if (card === undefined || frame === undefined) return;
    const view = flow.getViewport();
    const moved = shiftInto(card.box, view, { width: frame.width - drawerOver(box.current), height: frame.height });
    if (moved !== null) void flow.setViewport(moved, { duration: reducedMotion() ? 0 : 180 });
  });
  useEffect(() => {
    if (camera === null) return;
    const [first] = camera.ids;
    if (!camera.gently) toCamera(camera.ids);
    else if (first !== undefined) keepInView(first);
  }, [camera]);
  useEffect(() => {
    if (opened === null) return;
    // After the pane has taken its room.
    const timer = setTimeout(() => keepInView(opened), 60);
    return () => clearTimeout(timer);
  }, [opened]);

  useEffect(() => {
    if (!finding) return;
    const frame = box.current?.getBoundingClientRect();
    setMenu({ kind: 'find', screen: { x: (frame?.left ?? 0) + (frame?.width ?? 0) / 2 - 132, y: (frame?.top ?? 0) + 16 } });
    store.getState().set({ finding: false });
  }, [finding, store]);

  const fit = () => showAll(320);
  useHand({ box, pointer, cards, openMenu: setMenu, flow, onFit: fit, onMinimap: () => setMinimap(!minimap), says: (key, count) => t(key, { count }) });
  useKeyboard();

  function showAll(duration: number) {
    const frame = box.current?.getBoundingClientRect();
    if (frame === undefined || cards.size === 0) return;
    const all = boxAround([...cards.values()].map((card) => card.box));
    void flow.setViewport(viewOf(all, frame), { duration: reducedMotion() ? 0 : duration });
  }

  const restingNow = useRef(resting);
  useEffect(() => {
    restingNow.current = resting;
  });

  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
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
      if (Object.keys(places).length > 0) setMoved((before) => ({ ...before, ...carriedBy(document, restingNow.current, places) }));
    },
    [store],
  );

  function onDragStop() {
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
    setMenu({
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

  const actions = useMemo<WireActions | null>(
    () =>
      readOnly
        ? null
        : {
            cut: (edge: Edge) => {
              const { source, port } = realFrom(edge);
              const { change, undo } = store.getState();
              change({ kind: 'wire', source, port, target: null });
              toast({ text: t('done.cut', { count: 1 }), undo });
            },
            insert: (edge: Edge, event: MouseEvent) =>
              setMenu({
                kind: 'follow',
                from: { source: realFrom(edge).source, port: realFrom(edge).port },
                place: flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }),
                screen: { x: event.clientX, y: event.clientY },
              }),
          },
    [readOnly, store, flow, t],
  );

  const far = Math.min(32, Math.max(21, 12.5 / zoom));
  return (
    <div
      ref={box}
      className={`cv is-${detail} ${pulling ? 'is-pulling' : ''}`}
      onMouseMove={(event) => {
        pointer.current = { x: event.clientX, y: event.clientY };
      }}
      onMouseLeave={() => {
        pointer.current = null;
      }}
    >
      <Detail.Provider value={detail}>
        <WireActionsProvider value={actions}>
          <ReactFlow<CanvasNode, WireEdge>
            nodes={nodes}
            edges={edges}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            connectionLineComponent={PullLine}
            style={styleOf(far)}
            onNodesChange={onNodesChange}
            onEdgeClick={(_, edge) => store.getState().select([], edge.data === undefined ? edge.id : wireId(realFrom(edge.data.wire.edge)))}
            onNodeDragStop={onDragStop}
            onSelectionDragStop={onDragStop}
            onNodeClick={(event, node) => {
              if (node.type === 'card' && !event.shiftKey && !event.ctrlKey && !event.metaKey) store.getState().open(node.id);
            }}
            onPaneClick={() => {
              store.getState().open(null);
              store.getState().set({ wire: null });
              setMenu(null);
            }}
            onNodeContextMenu={(event, node) => {
              if (!store.getState().selected.has(node.id)) store.getState().select([node.id]);
              pointAt(event);
            }}
            onEdgeContextMenu={(event, edge) => {
              store.getState().select([], edge.data === undefined ? edge.id : wireId(realFrom(edge.data.wire.edge)));
              pointAt(event);
            }}
            onSelectionContextMenu={(event) => pointAt(event)}
            onPaneContextMenu={(event) => {
              store.getState().select([]);
              pointAt(event);
            }}
            onConnectStart={() => setPulling(true)}
            onConnect={onConnect}
            onConnectEnd={onConnectEnd}
            isValidConnection={({ targetHandle, target }) => targetHandle === ENTRY_HANDLE && !isClosed(target)}
            onDrop={onDrop}
            onDragOver={(event) => {
              event.preventDefault();
              event.dataTransfer.dropEffect = 'copy';
            }}
            nodesDraggable={!readOnly}
            nodesConnectable={!readOnly}
            elevateNodesOnSelect
            elevateEdgesOnSelect
            deleteKeyCode={null}
            disableKeyboardA11y
            selectionMode={SelectionMode.Partial}
            multiSelectionKeyCode={['Control', 'Meta']}
            selectionKeyCode="Shift"
            panOnScroll
            zoomOnDoubleClick={false}
            connectionRadius={24}
            nodeDragThreshold={3}
            minZoom={sizes.zoomMin}
            maxZoom={sizes.zoomMax}
            onInit={() => showAll(0)}
            onlyRenderVisibleElements={nodes.length > 150}
            proOptions={{ hideAttribution: true }}
            aria-label={t('canvas.label')}
          >
            <Background gap={sizes.dotGap} size={2.2} color="var(--canvas-dot)" />
            <FirstStep cards={cards} />
            <OthersAt cards={cards} />
            {minimap && <MiniMap pannable zoomable position="bottom-right" nodeColor="var(--border-strong)" maskColor="color-mix(in srgb, var(--canvas) 70%, transparent)" ariaLabel={t('canvas.minimap')} />}
          </ReactFlow>
        </WireActionsProvider>
      </Detail.Provider>
      {pointed !== null && <ActionMenu label={t('menu.actions')} ids={pointed.ids} at={pointed.at} onClose={() => setPointed(null)} />}
      <SelectionBar />
      <ZoomBar cards={cards} onFit={fit} minimap={minimap} onMinimap={() => setMinimap(!minimap)} />
      {menu !== null && <CanvasMenu request={menu} cards={cards} onNext={setMenu} onClose={() => setMenu(null)} />}
    </div>
  );

  function pointAt(event: MouseEvent | globalThis.MouseEvent) {
    event.preventDefault();
    const { selected, wire } = store.getState();
    setPointed({ at: { x: event.clientX, y: event.clientY }, ids: selected.size > 0 || wire !== null ? onThings : onPaper });
  }

  function isClosed(id: string): boolean {
    const { types, edited } = store.getState();
    const node = edited.document.nodes.find((each) => each.id === id);
    return node === undefined || types.types[node.type]?.['x-entry'] === false;
  }
}

function listed(change: ReturnType<typeof append>) {
  return change.kind === 'all' ? change.changes : [change];
}

function styleOf(far: number) {
  const style: Record<`--${string}`, string> = { '--far': `${String(far)}px` };
  return style;
}
