// What of the flow the person sees at the moment, from where they stand; looked at again once a frame while they move.
import { useStoreApi, type ReactFlowState } from '@xyflow/react';
import { useEffect, useMemo, useReducer, useRef } from 'react';
import type { Box } from '../document/card';
import type { Cards } from '../document/drawing';
import type { Wire } from '../document/routing';
import { detailAt } from './detail';
import { look, nothingSeen, type Onlooker, type Sight } from './sight';

export const LARGE = 150; // cards and notes; of a smaller flow all are drawn, wherever one looks

export function useSight(cards: Cards, wires: readonly Wire[]): Sight {
  const camera = useStoreApi();
  const [frame, again] = useReducer((count: number) => count + 1, 0);
  const last = useRef(nothingSeen);
  const drawn = useRef({ cards, wires });

  const sight = useMemo(() => {
    last.current = look(last.current, cards, wires, onlooker(camera.getState(), cards));
    return last.current;
    // `frame`: one has moved, or the next few cards have their turn.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [camera, cards, wires, frame]);

  useEffect(() => {
    drawn.current = { cards, wires };
  });
  useEffect(() => {
    let asked = 0;
    const lookAgain = () => {
      asked = 0;
      const { cards: all, wires: lines } = drawn.current;
      if (look(last.current, all, lines, onlooker(camera.getState(), all)) !== last.current) again();
    };
    const stop = camera.subscribe((now, before) => {
      if (now.transform === before.transform && now.width === before.width && now.height === before.height) return;
      if (asked === 0) asked = requestAnimationFrame(lookAgain);
    });
    return () => {
      stop();
      cancelAnimationFrame(asked);
    };
  }, [camera]);
  useEffect(() => {
    if (sight.isWhole) return;
    const next = requestAnimationFrame(again);
    return () => cancelAnimationFrame(next);
  }, [sight]);
  return sight;
}

function onlooker({ transform: [x, y, zoom], width, height }: ReactFlowState, cards: Cards): Onlooker {
  const view: Box = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
  return { view: cards.size > LARGE ? view : null, detail: detailAt(zoom) };
}
