// The one toast: the result of one's own act, in the past tense, with undo.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { create } from 'zustand';

type Message = { text: string; undo?: () => void; stays?: boolean };
type State = { message: Message | null; show: (message: Message) => void; hide: () => void };

const useToast = create<State>((set) => ({
  message: null,
  show: (message) => set({ message }),
  hide: () => set({ message: null }),
}));

/** Say what was done; `stays` for what failed and must not vanish by itself. */
export function toast(message: Message): void {
  useToast.getState().show(message);
}

export function Toasts() {
  const { t } = useTranslation();
  const { message, hide } = useToast();
  const [held, setHeld] = useState(false);
  const page = pageOf(useLocation().pathname);
  useEffect(() => hide, [page, hide]);
  useEffect(() => {
    if (message === null || message.stays === true || held) return;
    const timer = setTimeout(hide, 8000);
    return () => clearTimeout(timer);
  }, [message, hide, held]);
  return (
    <div role="status" aria-live="polite">
      {message !== null && (
        <div
          className="ui-toast"
          onMouseEnter={() => setHeld(true)}
          onMouseLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          <span>{message.text}</span>
          {message.undo !== undefined && (
            <button
              type="button"
              onClick={() => {
                message.undo?.();
                setHeld(false);
                hide();
              }}
            >
              {t('undo')}
            </button>
          )}
          {message.stays === true && (
            <button type="button" onClick={hide}>
              {t('close')}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

/** What was done on one page is not undone from another; the conversations of the inbox are one page, so are things of one kind. */
function pageOf(path: string): string {
  const [, first = '', second = ''] = path.split('/');
  if (first === 'inbox') return first;
  return first === 'settings' ? `${first}/${second}` : path;
}
