// The whole flow in a corner: all cards as one shape, and what is in view as a window that can be dragged across it.
import { Panel, useReactFlow, useStore as useFlowStore } from '@xyflow/react';
import { useMemo, useRef, type PointerEvent, type WheelEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Box } from '../document/card';
import type { Cards } from '../document/drawing';
import type { Position } from '../document/flow';
import { boxAround } from '../document/routing';
import { outlineOf } from './shapes';

const WIDTH = 200;
const HEIGHT = 150;
const MARGIN = 0.05; // of the flow's size, around it

export function Minimap({ cards }: { cards: Cards }) {
  const { t } = useTranslation('builder');
  const flow = useReactFlow();
  const [x, y, zoom] = useFlowStore((state) => state.transform);
  const view: Box = { x: -x / zoom, y: -y / zoom, width: useFlowStore((state) => state.width) / zoom, height: useFlowStore((state) => state.height) / zoom };
  const boxes = useMemo(() => [...cards.values()].map((card) => card.box), [cards]);
  const all = useMemo(() => boxAround(boxes), [boxes]);
  const shape = useMemo(() => outlineOf(boxes), [boxes]);
  const drag = useRef<{ from: Position; view: Box } | null>(null);
  const whole = boxAround([all, view]);
  const scale = Math.max(whole.width / WIDTH, whole.height / HEIGHT) * (1 + 2 * MARGIN);
  const paper = {
    x: whole.x + whole.width / 2 - (WIDTH * scale) / 2,
    y: whole.y + whole.height / 2 - (HEIGHT * scale) / 2,
    width: WIDTH * scale,
    height: HEIGHT * scale,
  };

  function lookAt(corner: Position) {
    void flow.setViewport({ x: -corner.x * zoom, y: -corner.y * zoom, zoom });
  }

  function onPointerDown(event: PointerEvent<SVGSVGElement>) {
    const frame = event.currentTarget.getBoundingClientRect();
    const at = { x: paper.x + (event.clientX - frame.left) * scale, y: paper.y + (event.clientY - frame.top) * scale };
    const isOnWindow = at.x > view.x && at.x < view.x + view.width && at.y > view.y && at.y < view.y + view.height;
    const held = isOnWindow ? view : { ...view, x: at.x - view.width / 2, y: at.y - view.height / 2 };
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { from: { x: event.clientX, y: event.clientY }, view: held };
    if (!isOnWindow) lookAt(held);
  }

  function onPointerMove(event: PointerEvent) {
    if (drag.current === null) return;
    const { from, view: held } = drag.current;
    lookAt({ x: held.x + (event.clientX - from.x) * scale, y: held.y + (event.clientY - from.y) * scale });
  }

  return (
    <Panel position="bottom-right" className="cv-map">
      <svg
        width={WIDTH}
        height={HEIGHT}
        viewBox={`${String(paper.x)} ${String(paper.y)} ${String(paper.width)} ${String(paper.height)}`}
        role="img"
        aria-label={t('canvas.minimap')}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          drag.current = null;
        }}
        onWheel={(event: WheelEvent) => void flow.zoomTo(zoom * 2 ** (-event.deltaY * 0.002))}
      >
        <path className="cv-map-cards" d={shape} />
        <path className="cv-map-rest" fillRule="evenodd" d={outlineOf([paper, view])} />
      </svg>
    </Panel>
  );
}
