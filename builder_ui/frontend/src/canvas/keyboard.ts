// Keys and the clipboard's events, brought to the actions of the one list.
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { actions } from '../builder/actions/actions';
import { chordOf, isPossible, type Action } from '../builder/actions/action';
import { useBuilderStore } from '../builder/store';

export function useKeyboard(): void {
  const store = useBuilderStore();
  const { t } = useTranslation('builder');

  useEffect(() => {
    const says = (key: string, count?: number) => t(key, { count });

    function onKey(event: KeyboardEvent) {
      const state = store.getState();
      const { hand } = state;
      if (hand === null || isDialogOpen()) return;
      if (event.key === 'Escape') {
        if (isMenuOpen()) return;
        if (isInForm(event.target)) return done(event, hand.leave);
        if (!isTyping(event.target)) return done(event, () => state.open(null));
        // Out of a note's or a frame's text; it stays selected.
        if (isOnCanvas(event.target) && event.target instanceof HTMLElement) event.target.blur();
        return;
      }
      const chord = chordOf(event);
      const action = actions.find((each) => each.native !== true && each.keys?.includes(chord) === true && isHeard(each, event.target));
      if (action === undefined || !isPossible(action, state)) return;
      done(event, () => action.run({ store, hand, key: event.key, says }));
    }

    function onCopy(event: ClipboardEvent) {
      const { hand, readOnly } = store.getState();
      if (hand === null || event.clipboardData === null || isTyping(event.target) || isDialogOpen()) return;
      if (String(window.getSelection() ?? '') !== '') return;
      if (hand.copyInto(event.clipboardData, event.type === 'cut' && !readOnly)) event.preventDefault();
    }

    function onPaste(event: ClipboardEvent) {
      const { hand } = store.getState();
      if (hand === null || isTyping(event.target) || isDialogOpen()) return;
      if (hand.pasteText(event.clipboardData?.getData('text/plain') ?? '')) event.preventDefault();
    }

    window.addEventListener('keydown', onKey, true); // before a dialog hears Esc and is gone
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCopy);
    document.addEventListener('paste', onPaste);
    return () => {
      window.removeEventListener('keydown', onKey, true);
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCopy);
      document.removeEventListener('paste', onPaste);
    };
  }, [store, t]);
}

function isHeard({ where = 'canvas', writes }: Action, target: EventTarget | null): boolean {
  switch (where) {
    case 'anywhere':
      return writes !== true || !isInTalk(target);
    case 'page':
      return !isTyping(target);
    case 'canvas':
      return !isTyping(target) && isOnCanvas(target);
  }
}

/** A field of the simulator: what is typed there is not the drawing's, nor is its undo. */
function isInTalk(target: EventTarget | null): boolean {
  return isTyping(target) && target instanceof Element && target.closest('.sim') !== null;
}

function done(event: KeyboardEvent, act: () => void): void {
  event.preventDefault();
  act();
}

export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}

function isOnCanvas(target: EventTarget | null): boolean {
  return target === document.body || (target instanceof Element && target.closest('.react-flow') !== null);
}

function isInForm(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('.bld-side') !== null;
}

function isMenuOpen(): boolean {
  const menus = document.querySelectorAll('.cv-menu, .mantine-Menu-dropdown, .mantine-Popover-dropdown, .mantine-Combobox-dropdown');
  return [...menus].some((menu) => menu.checkVisibility());
}

function isDialogOpen(): boolean {
  return document.querySelector('[aria-modal="true"]') !== null;
}
