// The flow on the canvas: xyflow shows what the document says, and every gesture becomes a change of the document.
import '@xyflow/react/dist/base.css';
import './canvas.css';
import './frames.css';
import { Background, ReactFlow, ReactFlowProvider, SelectionMode, useReactFlow, useStore as useFlowStore } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBuilder, useBuilderStore } from '../builder/store';
import type { Position } from '../document/flow';
import { sizes } from '../theme/theme';
import { ActionMenu } from '../builder/actions/ActionMenu';
import { useBoxing } from './boxing';
import { useCamera } from './camera';
import { CanvasMenu, type MenuRequest } from './CanvasMenu';
import { detailAt, nameSizeAt } from './detail';
import { useDrawing } from './drawing';
import { FirstStep } from './FirstStep';
import { FoldedCard } from './FoldedCard';
import { FrameCard } from './FrameCard';
import { useGestures } from './gestures';
import { useHand } from './hand';
import { useKeyboard } from './keyboard';
import { useArithmetic } from './measuring';
import { Minimap } from './Minimap';
import { NodeCard } from './NodeCard';
import { NoteCard } from './NoteCard';
import { OthersAt } from './OthersAt';
import { usePointing, type Pointed } from './pointing';
import { PullLine } from './PullLine';
import type { CanvasNode } from './shapes';
import { SelectionBar } from './SelectionBar';
import { LARGE } from './seeing';
import { Wires } from './Wires';
import { WordingProvider } from './wording';
import { ZoomBar } from './ZoomBar';

// Given to xyflow once: for a new object or function all cards would be drawn again.
const nodeTypes = { card: NodeCard, note: NoteCard, frame: FrameCard, folded: FoldedCard };
const multiSelection = ['Control', 'Meta', 'Shift'];
const proOptions = { hideAttribution: true };

export default function FlowCanvas() {
  return (
    <ReactFlowProvider>
      <Canvas />
    </ReactFlowProvider>
  );
}

function Canvas() {
  useArithmetic();
  const { t } = useTranslation('builder');
  const store = useBuilderStore();
  const readOnly = useBuilder((builder) => builder.readOnly);
  const finding = useBuilder((builder) => builder.finding);
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const flow = useReactFlow<CanvasNode>();
  const detail = useFlowStore((state) => detailAt(state.transform[2]));
  const nameSize = useFlowStore((state) => nameSizeAt(state.transform[2]));
  const [moved, setMoved] = useState<Record<string, Position>>({});
  const [menu, setMenu] = useState<MenuRequest | null>(null);
  const [minimap, setMinimap] = useState(false);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const pointer = useRef<Position | null>(null);
  const drawing = useDrawing(moved);
  const { nodes, cards } = drawing;
  const showAll = useCamera({ box, flow, cards, inside: drawing.inside });
  const gestures = useGestures({ flow, drawing, moved, setMoved, openMenu: setMenu });
  const { wires, handlers } = usePointing({ flow, setMenu, setPointed });
  const wording = useMemo(() => ({ t, types, language }), [t, types, language]);

  useEffect(() => {
    if (!finding) return;
    const frame = box.current?.getBoundingClientRect();
    setMenu({ kind: 'find', screen: { x: (frame?.left ?? 0) + (frame?.width ?? 0) / 2 - 132, y: (frame?.top ?? 0) + 16 } });
    store.getState().set({ finding: false });
  }, [finding, store]);

  const fit = useCallback(() => showAll(320), [showAll]);
  const begin = useCallback(() => showAll(0), [showAll]);
  const toggleMinimap = useCallback(() => setMinimap((shown) => !shown), []);
  useHand({ box, pointer, cards, openMenu: setMenu, flow, onFit: fit, onMinimap: toggleMinimap, says: (key, count) => t(key, { count }) });
  useKeyboard();
  useBoxing(cards);

  return (
    <div
      ref={box}
      className={`cv is-${detail} ${gestures.pulling ? 'is-pulling' : ''}`}
      style={nameSizes(nameSize)}
      onMouseMove={(event) => {
        pointer.current = { x: event.clientX, y: event.clientY };
      }}
      onMouseLeave={() => {
        pointer.current = null;
      }}
    >
      <WordingProvider value={wording}>
        <ReactFlow<CanvasNode>
          onNodesChange={gestures.onNodesChange}
          onNodeDragStop={gestures.onDragStop}
          onSelectionDragStop={gestures.onDragStop}
          onConnectStart={gestures.onConnectStart}
          onConnect={gestures.onConnect}
          onConnectEnd={gestures.onConnectEnd}
          isValidConnection={gestures.isValidConnection}
          onDrop={gestures.onDrop}
          onDragOver={gestures.onDragOver}
          {...handlers}
          nodes={nodes}
          nodeTypes={nodeTypes}
          connectionLineComponent={PullLine}
          nodesDraggable={!readOnly}
          nodesConnectable={!readOnly}
          elevateNodesOnSelect
          deleteKeyCode={null}
          disableKeyboardA11y
          selectionMode={SelectionMode.Partial}
          multiSelectionKeyCode={multiSelection}
          selectionKeyCode="Shift"
          panOnScroll
          zoomOnDoubleClick={false}
          connectionRadius={24}
          nodeDragThreshold={3}
          minZoom={sizes.zoomMin}
          maxZoom={sizes.zoomMax}
          onInit={begin}
          onlyRenderVisibleElements={nodes.length > LARGE}
          proOptions={proOptions}
          aria-label={t('canvas.label')}
        >
          <Background gap={sizes.dotGap} size={2.2} color="var(--canvas-dot)" />
          <Wires lines={drawing.lines} cards={cards} sight={drawing.sight} readOnly={readOnly} hands={wires} />
          <FirstStep cards={cards} />
          <OthersAt cards={cards} />
          {minimap && <Minimap cards={cards} />}
        </ReactFlow>
      </WordingProvider>
      {pointed !== null && <ActionMenu label={t('menu.actions')} ids={pointed.ids} at={pointed.at} onClose={() => setPointed(null)} />}
      <SelectionBar />
      <ZoomBar onFit={fit} minimap={minimap} onMinimap={toggleMinimap} />
      {menu !== null && <CanvasMenu request={menu} cards={cards} onNext={setMenu} onClose={() => setMenu(null)} />}
    </div>
  );
}

function nameSizes(size: number) {
  const style: Record<`--${string}`, string> = { '--far': `${String(size)}px` };
  return style;
}
