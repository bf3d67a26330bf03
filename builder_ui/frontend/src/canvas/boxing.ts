// What a box that is drawn around cards selects: also those that are in view but not drawn, which xyflow passes over.
import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { useBuilderStore } from '../builder/store';
import type { Cards } from '../document/drawing';

export function useBoxing(cards: Cards): void {
  const camera = useStoreApi();
  const store = useBuilderStore();
  const drawn = useRef(cards);
  useEffect(() => {
    drawn.current = cards;
  });
  useEffect(
    () =>
      camera.subscribe(({ userSelectionRect: now, transform: [x, y, zoom] }, { userSelectionRect: before }) => {
        if (now !== null || before === null) return;
        const [left, top] = [(before.x - x) / zoom, (before.y - y) / zoom];
        const [right, bottom] = [left + before.width / zoom, top + before.height / zoom];
        const inside = [...drawn.current].flatMap(([id, { box }]) =>
          box.x < right && box.x + box.width > left && box.y < bottom && box.y + box.height > top ? [id] : [],
        );
        const { selected, select } = store.getState();
        if (inside.some((id) => !selected.has(id))) select([...selected, ...inside]);
      }),
    [camera, store],
  );
}
