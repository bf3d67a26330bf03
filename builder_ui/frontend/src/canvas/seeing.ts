// What of the flow the person sees at the moment, from where they stand; looked at again once a frame while they move.
import { useStoreApi, type ReactFlowState } from '@xyflow/react';
import { useEffect, useMemo, useReducer, useRef } from 'react';
import type { Box } from '../document/card';
import type { Cards } from '../document/drawing';
import type { Position } from '../document/flow';
import type { Wire } from '../document/routing';
import { detailAt } from './detail';
import { look, nothingSeen, type Onlooker, type Sight } from './sight';

export const LARGE = 150; // cards and notes; of a smaller flow all are drawn, wherever one looks
const FAR = 0.2; // of its size; from there a card is a spot of some 40 pixels

/** `isTold`: the cards tell more than what they are, of a run or of results, so all of them are drawn even from afar. */
export function useSight(cards: Cards, wires: readonly Wire[], isTold: boolean): Sight {
  const camera = useStoreApi();
  const [frame, again] = useReducer((count: number) => count + 1, 0);
  const last = useRef(nothingSeen);
  const near = useRef<string | null>(null);
  const sight = useMemo(() => {
    last.current = look(last.current, cards, wires, onlooker(camera.getState(), cards, isTold, near.current));
    return last.current;
    // `frame`: one has moved, or the next few cards have their turn.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [camera, cards, wires, isTold, frame]);

  const drawn = useRef({ cards, wires, isTold });
  useEffect(() => {
    drawn.current = { cards, wires, isTold };
  });
  useEffect(() => {
    let asked = 0;
    const ask = () => {
      if (asked === 0) asked = requestAnimationFrame(lookAgain);
    };
    const lookAgain = () => {
      asked = 0;
      const { cards: all, wires: lines, isTold: told } = drawn.current;
      if (look(last.current, all, lines, onlooker(camera.getState(), all, told, near.current)) !== last.current) again();
    };
    const stop = camera.subscribe((now, before) => {
      if (now.transform !== before.transform || now.width !== before.width || now.height !== before.height) ask();
    });
    const onMove = (event: PointerEvent) => {
      // What is being dragged stays in the hand.
      if (!last.current.isFar || event.buttons !== 0) return;
      near.current = cardAt(drawn.current.cards, placeOf(event, camera.getState()));
      ask();
    };
    window.addEventListener('pointermove', onMove);
    return () => {
      stop();
      window.removeEventListener('pointermove', onMove);
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

function onlooker({ transform: [x, y, zoom], width, height }: ReactFlowState, cards: Cards, isTold: boolean, near: string | null): Onlooker {
  const isLarge = cards.size > LARGE;
  const view: Box = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
  const isFar = isLarge && !isTold && zoom < FAR;
  return { view: isLarge ? view : null, detail: detailAt(zoom), isFar, near: near !== null && cards.has(near) ? near : null };
}

function placeOf(event: PointerEvent, { domNode, transform: [x, y, zoom] }: ReactFlowState): Position {
  const frame = domNode?.getBoundingClientRect();
  return { x: (event.clientX - (frame?.left ?? 0) - x) / zoom, y: (event.clientY - (frame?.top ?? 0) - y) / zoom };
}

function cardAt(cards: Cards, { x, y }: Position): string | null {
  for (const [id, { box }] of cards) {
    if (x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height) return id;
  }
  return null;
}
