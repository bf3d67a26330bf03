// Flows that are brought to the list: dropped on it as a file, or pasted as text.
import { useEffect, useState, type DragEvent } from 'react';

type Arrivals = {
  /** Whether a file is held over the list. */
  over: boolean;
  target: { onDragOver: (event: DragEvent) => void; onDragLeave: (event: DragEvent) => void; onDrop: (event: DragEvent) => void };
};

export function useArrivals(enabled: boolean, onText: (text: string, name: string | null) => void): Arrivals {
  const [over, setOver] = useState(false);

  useEffect(() => {
    if (!enabled) return;
    function onPaste(event: ClipboardEvent) {
      const isTyping = event.target instanceof HTMLElement && event.target.closest('input, textarea, [contenteditable]') !== null;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (!isTyping && text.trimStart().startsWith('{')) onText(text, null);
    }
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, [enabled, onText]);

  return {
    over,
    target: {
      onDragOver: (event) => {
        if (!enabled || !event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: (event) => {
        if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) setOver(false);
      },
      onDrop: (event) => {
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (!enabled || file === undefined) return;
        event.preventDefault();
        void file.text().then((text) => onText(text, file.name));
      },
    },
  };
}
