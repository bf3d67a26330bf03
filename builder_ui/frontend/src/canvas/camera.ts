// The view of the canvas: what is called for is brought into it, and as gently as was asked.
import type { ReactFlowInstance } from '@xyflow/react';
import { useCallback, useEffect, useEffectEvent, useRef, type RefObject } from 'react';
import { useBuilder } from '../builder/store';
import type { Cards } from '../document/drawing';
import { boxAround } from '../document/routing';
import { drawerOver, shiftInto, viewOf } from './fit';
import { reducedMotion } from './motion';
import type { CanvasNode } from './shapes';

type Seen = {
  box: RefObject<HTMLDivElement | null>;
  flow: ReactFlowInstance<CanvasNode>;
  cards: Cards;
  /** The frame that a step is folded into. */
  inside: ReadonlyMap<string, string>;
};

/** Follows what the builder asks to see; gives what shows the whole flow, within so many milliseconds. */
export function useCamera({ box, flow, cards, inside }: Seen): (duration: number) => void {
  const latest = useRef(cards);
  useEffect(() => {
    latest.current = cards;
  });
  const camera = useBuilder((builder) => builder.camera);
  const opened = useBuilder((builder) => builder.opened);

  const showAll = useCallback(
    (duration: number) => {
      const frame = box.current?.getBoundingClientRect();
      if (frame === undefined || latest.current.size === 0) return;
      const all = boxAround([...latest.current.values()].map((card) => card.box));
      void flow.setViewport(viewOf(all, frame), { duration: reducedMotion() ? 0 : duration });
    },
    [box, flow],
  );

  const toCamera = useEffectEvent((ids: string[]) => {
    if (ids.length === 0) return showAll(320);
    const duration = reducedMotion() ? 0 : 320;
    void flow.fitView({ nodes: ids.map((id) => ({ id: inside.get(id) ?? id })), duration, maxZoom: 1, minZoom: Math.min(1, flow.getZoom()), padding: 0.4, includeHiddenNodes: true });
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

  return showAll;
}
