// Single keys that act while nobody is writing and no dialog is open.
import { useEffect, useRef } from 'react';

export function useKeys(acts: Readonly<Record<string, () => void>>): void {
  const present = useRef(acts);
  useEffect(() => {
    present.current = acts;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const act = present.current[event.key.toLowerCase()];
      if (act === undefined || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat || isBusy(event.target)) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

function isBusy(target: EventTarget | null): boolean {
  const writing = target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select') !== null);
  return writing || document.querySelector('[role="dialog"], [role="menu"]') !== null;
}
