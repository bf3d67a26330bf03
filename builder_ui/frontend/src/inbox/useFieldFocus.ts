// Puts the cursor into a field, now or as soon as it is there.
import { useMemo, useRef } from 'react';

export type FieldFocus = { attach: (element: HTMLTextAreaElement | null) => void; want: () => void };

export function useFieldFocus(): FieldFocus {
  const field = useRef<HTMLTextAreaElement | null>(null);
  const wanted = useRef(false);
  return useMemo(() => ({
    attach: (element) => {
      field.current = element;
      if (element === null || !wanted.current) return;
      wanted.current = false;
      element.focus();
    },
    want: () => {
      // The field may be about to go away or to come: after the next drawing it is the right one.
      wanted.current = true;
      setTimeout(() => {
        if (field.current === null) return;
        wanted.current = false;
        field.current.focus();
      }, 0);
    },
  }), []);
}
