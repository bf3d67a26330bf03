// Only the rows one sees, of a list whose rows are equally high: 500 flows are as quick as 20.
import { useEffect, useState, type RefObject } from 'react';

const AHEAD = 12; // rows drawn beyond either edge, so that scrolling meets no gap
const STEP = 6; // rows scrolled before others are drawn

export type Windowed = { first: number; last: number };

/** Rows `first` to `last` (not included) of `count` are near what `scroller` shows; `list` begins where they do. */
export function useWindowed(scroller: RefObject<HTMLElement | null>, list: RefObject<HTMLElement | null>, count: number, height: number): Windowed {
  const [top, setTop] = useState(0);
  const [shown, setShown] = useState(20);

  useEffect(() => {
    const outer = scroller.current;
    if (outer === null) return;
    function look() {
      if (outer === null || list.current === null) return;
      const above = outer.getBoundingClientRect().top - list.current.getBoundingClientRect().top;
      setTop(Math.max(0, Math.floor(above / height / STEP) * STEP));
      setShown(Math.ceil(outer.clientHeight / height) + STEP);
    }
    look();
    const sizes = new ResizeObserver(look);
    sizes.observe(outer);
    outer.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      outer.removeEventListener('scroll', look);
    };
  }, [scroller, list, height, count]);

  const first = Math.max(0, Math.min(top - AHEAD, count - 1));
  return { first, last: Math.min(count, top + shown + AHEAD) };
}
