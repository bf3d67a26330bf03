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
} from '@xyflow/react';
import { useEffect, useMemo, useRef, useState, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useBuilder, useBuilderStore } from '../builder/store';
import { wireId, type Edge, type Position } from '../document/flow';
import { realFrom } from '../document/folding';
import { sizes } from '../theme/theme';
import { toast } from '../ui/toast';
import { WireActionsProvider, type WireActions } from './actions';
import { useCamera } from './camera';
import { Detail, detailAt } from './detail';
import { useDrawing } from './drawing';
import { useKeyboard } from './keyboard';
import { ActionMenu } from '../builder/actions/ActionMenu';
import { CanvasMenu, type MenuRequest } from './CanvasMenu';
import { FirstStep } from './FirstStep';
import { FoldedCard } from './FoldedCard';
import { FrameCard } from './FrameCard';
import { useGestures } from './gestures';
import { useHand } from './hand';
import { NodeCard } from './NodeCard';
import { NoteCard } from './NoteCard';
import { OthersAt } from './OthersAt';
import { PullLine } from './PullLine';
import { ENTRY_HANDLE, type CanvasNode, type WireEdge } from './shapes';
import { WireLine } from './WireLine';
import { SelectionBar } from './SelectionBar';
import { ZoomBar } from './ZoomBar';

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
  const finding = useBuilder((builder) => builder.finding);
  const flow = useReactFlow<CanvasNode, WireEdge>();
  const zoom = useFlowStore((state) => state.transform[2]);
  const [moved, setMoved] = useState<Record<string, Position>>({});
  const [menu, setMenu] = useState<MenuRequest | null>(null);
  const [minimap, setMinimap] = useState(false);
  const [pointed, setPointed] = useState<{ at: Position; ids: readonly (readonly string[])[] } | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const pointer = useRef<Position | null>(null);
  const drawing = useDrawing(moved);
  const { nodes, edges, cards } = drawing;
  const detail = detailAt(zoom);
  const showAll = useCamera({ box, flow, cards, inside: drawing.inside });
  const gestures = useGestures({ flow, drawing, moved, setMoved, openMenu: setMenu });

  useEffect(() => {
    if (!finding) return;
    const frame = box.current?.getBoundingClientRect();
    setMenu({ kind: 'find', screen: { x: (frame?.left ?? 0) + (frame?.width ?? 0) / 2 - 132, y: (frame?.top ?? 0) + 16 } });
    store.getState().set({ finding: false });
  }, [finding, store]);

  const fit = () => showAll(320);
  useHand({ box, pointer, cards, openMenu: setMenu, flow, onFit: fit, onMinimap: () => setMinimap(!minimap), says: (key, count) => t(key, { count }) });
  useKeyboard();

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
      className={`cv is-${detail} ${gestures.pulling ? 'is-pulling' : ''}`}
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
            onNodesChange={gestures.onNodesChange}
            onEdgeClick={(_, edge) => store.getState().select([], edge.data === undefined ? edge.id : wireId(realFrom(edge.data.wire.edge)))}
            onNodeDragStop={gestures.onDragStop}
            onSelectionDragStop={gestures.onDragStop}
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
            onConnectStart={gestures.onConnectStart}
            onConnect={gestures.onConnect}
            onConnectEnd={gestures.onConnectEnd}
            isValidConnection={({ targetHandle, target }) => targetHandle === ENTRY_HANDLE && !isClosed(target)}
            onDrop={gestures.onDrop}
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
            multiSelectionKeyCode={['Control', 'Meta', 'Shift']}
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

function styleOf(far: number) {
  const style: Record<`--${string}`, string> = { '--far': `${String(far)}px` };
  return style;
}
