// The canvas by keyboard: walk, open, connect, delete, duplicate, copy and paste, undo, problems, search.
import { useEffect, type RefObject } from 'react';
import type { ReactFlowInstance } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import type { StoreApi } from 'zustand';
import { useBuilderStore, type Builder } from '../builder/store';
import { nextProblem } from '../builder/problems';
import { clipOf, readClip, writeClip } from '../document/clipboard';
import type { Cards } from '../document/drawing';
import { insertCopies, remove } from '../document/edits';
import type { Position } from '../document/flow';
import { besideOffset } from '../document/layout';
import { boxAround } from '../document/routing';
import { toast } from '../ui/toast';
import type { MenuRequest } from './CanvasMenu';
import { neighbour, type Direction } from './nearest';
import type { CanvasNode, WireEdge } from './shapes';

type Setting = {
  box: RefObject<HTMLDivElement | null>;
  pointer: RefObject<Position | null>;
  cards: Cards;
  openMenu: (request: MenuRequest) => void;
  flow: ReactFlowInstance<CanvasNode, WireEdge>;
};

const arrows: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

export function useKeyboard({ box, pointer, cards, openMenu, flow }: Setting): void {
  const store = useBuilderStore();
  const { t } = useTranslation('builder');

  useEffect(() => {
    const says = (key: string, count: number) => t(key, { count });

    function onKey(event: KeyboardEvent) {
      const state = store.getState();
      const command = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      if (isDialogOpen()) return;
      if (command && key === 'z') return done(event, event.shiftKey ? state.redo : state.undo);
      if (command && key === 'y') return done(event, state.redo);
      if (event.key === 'F8') return done(event, () => nextProblem(store, event.shiftKey ? -1 : 1));
      if (event.key === 'Escape' && !isMenuOpen() && isInForm(event.target)) return done(event, leaveForm);
      if (isTyping(event.target)) return;
      if (command && key === 'f') return done(event, find);
      if (command && key === 'd') return done(event, duplicate);
      if (command && key === 'a') return done(event, () => state.select(cards.keys()));
      if (command || event.altKey) return;
      const direction = arrows[event.key];
      if (direction !== undefined && isOnCanvas(event.target)) return done(event, () => walk(direction));
      if (event.key === '/') return done(event, find);
      if (event.key === 'Escape' && !isMenuOpen()) return done(event, () => state.open(null));
      if (!isOnCanvas(event.target)) return;
      if (event.key === 'Delete' || event.key === 'Backspace') return done(event, () => removeSelected(store, says));
      if (event.key === 'Enter') return done(event, enter);
      if (key === 'c') return done(event, connect);
    }

    function here(): string | null {
      const focused = document.activeElement?.closest('.react-flow__node')?.getAttribute('data-id');
      const [selected] = store.getState().selected;
      return focused ?? selected ?? null;
    }

    function walk(direction: Direction) {
      const { edited, select, open, opened, look } = store.getState();
      const from = here();
      const to = from === null ? cards.keys().next().value : neighbour(cards, edited.document.edges, from, direction);
      if (to === null || to === undefined) return;
      if (opened === null) select([to]);
      else open(to);
      focusCard(box.current, to);
      if (!isInView(to)) look([to]);
    }

    function isInView(id: string): boolean {
      const card = box.current?.querySelector(`.react-flow__node[data-id="${id}"]`)?.getBoundingClientRect();
      const frame = box.current?.getBoundingClientRect();
      if (card === undefined || frame === undefined) return false;
      return card.left > frame.left && card.right < frame.right && card.top > frame.top && card.bottom < frame.bottom;
    }

    function leaveForm() {
      const { opened, open } = store.getState();
      open(null);
      if (opened !== null) focusCard(box.current, opened);
    }

    function enter() {
      const id = here();
      if (id !== null && cards.has(id)) store.getState().open(id, '');
    }

    function connect() {
      const id = here();
      const card = id === null ? undefined : cards.get(id);
      if (id === null || card === undefined || store.getState().readOnly) return;
      const screen = flow.flowToScreenPosition({ x: card.box.x + card.box.width + 8, y: card.box.y });
      if (card.only !== null) openMenu({ kind: 'target', from: { source: id, port: card.only.id }, screen });
      else if (card.ports.length > 0) openMenu({ kind: 'port', source: id, screen });
    }

    function find() {
      store.getState().set({ finding: true });
    }

    function duplicate() {
      const { edited, selected } = store.getState();
      const { nodes, edges } = clipOf(edited.document, selected);
      const boxes = nodes.flatMap((node) => cards.get(node.id)?.box ?? []);
      insert(nodes, edges, besideOffset(boxes, [...cards.values()].map((card) => card.box)));
    }

    function insert(nodes: Parameters<typeof insertCopies>[1], edges: Parameters<typeof insertCopies>[2], offset: Position) {
      const { edited, change, select, readOnly } = store.getState();
      if (nodes.length === 0 || readOnly) return;
      const copies = insertCopies(edited.document, nodes, edges, offset);
      change(copies.change);
      select(copies.ids);
      if (copies.ids.some((id) => !isInView(id))) requestAnimationFrame(() => store.getState().look(copies.ids));
    }

    function onCopy(event: ClipboardEvent) {
      if (isTyping(event.target) || isDialogOpen() || String(window.getSelection() ?? '') !== '') return;
      const { edited, selected } = store.getState();
      const clip = clipOf(edited.document, selected);
      if (clip.nodes.length === 0) return;
      event.clipboardData?.setData('text/plain', writeClip(clip));
      event.preventDefault();
      if (event.type === 'cut') removeSelected(store, says);
      else toast({ text: says('done.copied', clip.nodes.length) });
    }

    function onPaste(event: ClipboardEvent) {
      if (isTyping(event.target) || isDialogOpen()) return;
      const clip = readClip(event.clipboardData?.getData('text/plain') ?? '');
      if (clip === null) return;
      event.preventDefault();
      const frame = box.current?.getBoundingClientRect();
      const middle = { x: (frame?.left ?? 0) + (frame?.width ?? 0) / 3, y: (frame?.top ?? 0) + (frame?.height ?? 0) / 3 };
      const at = flow.screenToFlowPosition(pointer.current ?? middle);
      const corner = boxAround(clip.nodes.map((node) => ({ x: 0, y: 0, ...node.position, width: 0, height: 0 })));
      insert(clip.nodes, clip.edges, { x: Math.round(at.x - corner.x), y: Math.round(at.y - corner.y) });
      toast({ text: says('done.pasted', clip.nodes.length), undo: store.getState().undo });
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
  }, [store, t, box, pointer, cards, openMenu, flow]);
}

/** Remove what is selected, healing wires, and offer to take it back. */
export function removeSelected(store: StoreApi<Builder>, says: (key: string, count: number) => string): void {
  const { edited, selected, wire, change, undo, readOnly } = store.getState();
  if (readOnly) return;
  const edge = edited.document.edges.find((each) => `${each.source}:${each.port}` === wire);
  if (edge !== undefined) {
    change({ kind: 'wire', source: edge.source, port: edge.port, target: null });
    toast({ text: says('done.cut', 1), undo });
    return;
  }
  const notes = [...selected].filter((id) => id.startsWith('note:')).map((id) => id.slice('note:'.length));
  const nodes = [...selected].filter((id) => !id.startsWith('note:'));
  if (notes.length + nodes.length === 0) return;
  const removal = remove(edited.document, nodes);
  change({ kind: 'all', changes: [removal, ...notes.map((id) => ({ kind: 'removeNote' as const, id }))] });
  toast({ text: says('done.removed', notes.length + nodes.length), undo });
}

function done(event: KeyboardEvent, act: () => void): void {
  event.preventDefault();
  act();
}

function focusCard(box: HTMLDivElement | null, id: string): void {
  const card = box?.querySelector(`.react-flow__node[data-id="${id}"]`);
  if (card instanceof HTMLElement) card.focus({ preventScroll: true });
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
