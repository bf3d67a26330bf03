// What only the canvas can do, for the actions: walk, open, connect, copy, paste, zoom.
import { useEffect, useRef, type RefObject } from 'react';
import type { ReactFlowInstance } from '@xyflow/react';
import { useBuilderStore } from '../builder/store';
import { bundleIn, clipOf, readClip, writeClip, type Clip } from '../document/clipboard';
import type { Cards } from '../document/drawing';
import { openPort } from '../document/edits';
import { nodeById, type Position } from '../document/flow';
import { boxAround } from '../document/routing';
import { toast } from '../ui/toast';
import type { MenuRequest } from './CanvasMenu';
import { carry } from './carrying';
import { insertClip, removeSelected, type Says, type Store } from './editing';
import { reducedMotion } from './motion';
import { neighbour, type Direction } from './nearest';
import type { CanvasNode } from './shapes';

export type Hand = {
  cards: () => Cards;
  walk: (key: string) => void;
  open: () => void;
  leave: () => void;
  connect: () => void;
  add: () => void;
  /** Asks what comes after a way out. */
  follow: (from: { source: string; port: string }) => void;
  copy: (cut: boolean) => void;
  /** Puts what is selected into `data`; false when nothing is. */
  copyInto: (data: DataTransfer, cut: boolean) => boolean;
  paste: () => void;
  pasteText: (text: string) => boolean;
  show: (ids: string[]) => void;
  fit: () => void;
  zoom: (how: 'in' | 'out' | 'real') => void;
  minimap: () => void;
};

type Setting = {
  box: RefObject<HTMLDivElement | null>;
  pointer: RefObject<Position | null>;
  cards: Cards;
  openMenu: (request: MenuRequest) => void;
  flow: ReactFlowInstance<CanvasNode>;
  onFit: () => void;
  onMinimap: () => void;
  says: Says;
};

const arrows: Record<string, Direction> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };

/** Gives the hand to the store for as long as the canvas is there. */
export function useHand(setting: Setting): void {
  const store = useBuilderStore();
  const now = useRef(setting);
  useEffect(() => {
    now.current = setting;
  });
  useEffect(() => {
    store.setState({ hand: handOf(store, now) });
    return () => store.setState({ hand: null });
  }, [store]);
}

/** It sees the drawing of the moment. */
function handOf(store: Store, now: RefObject<Setting>): Hand {
  const says = (key: string, count: number) => now.current.says(key, count);

  function here(): string | null {
    const focused = document.activeElement?.closest('.react-flow__node')?.getAttribute('data-id');
    const [selected] = store.getState().selected;
    return focused ?? selected ?? null;
  }

  function isInView(id: string): boolean {
    const { box } = now.current;
    const card = box.current?.querySelector(`.react-flow__node[data-id="${id}"]`)?.getBoundingClientRect();
    const frame = box.current?.getBoundingClientRect();
    if (card === undefined || frame === undefined) return false;
    return card.left > frame.left && card.right < frame.right && card.top > frame.top && card.bottom < frame.bottom;
  }

  /** To the right of a step, on the screen. */
  function beside(id: string): Position | null {
    const card = now.current.cards.get(id);
    return card === undefined ? null : now.current.flow.flowToScreenPosition({ x: card.box.x + card.box.width + 8, y: card.box.y });
  }

  function put(clip: Clip): void {
    const { box, flow, pointer } = now.current;
    const frame = box.current?.getBoundingClientRect();
    const middle = { x: (frame?.left ?? 0) + (frame?.width ?? 0) / 3, y: (frame?.top ?? 0) + (frame?.height ?? 0) / 3 };
    const at = flow.screenToFlowPosition(pointer.current ?? middle);
    const places = [...clip.nodes, ...clip.notes].map((each) => ({ x: 0, y: 0, ...each.position, width: 0, height: 0 }));
    const corner = boxAround(places);
    hand.show(insertClip(store, clip, { x: Math.round(at.x - corner.x), y: Math.round(at.y - corner.y) }));
  }

  const hand: Hand = {
    cards: () => now.current.cards,
    walk: (key) => {
      const direction = arrows[key];
      const { cards, box } = now.current;
      const { edited, select, open, opened, look } = store.getState();
      const from = here();
      const to = from === null || direction === undefined ? cards.keys().next().value : neighbour(cards, edited.document.edges, from, direction);
      if (to === null || to === undefined) return;
      if (opened === null) select([to]);
      else open(to);
      focusCard(box.current, to);
      if (!isInView(to)) look([to]);
    },
    open: () => {
      const id = here();
      if (id !== null && now.current.cards.has(id)) store.getState().open(id, '');
    },
    leave: () => {
      const { opened, open } = store.getState();
      open(null);
      if (opened !== null) focusCard(now.current.box.current, opened);
    },
    connect: () => {
      const id = here();
      const card = id === null ? undefined : now.current.cards.get(id);
      const screen = id === null ? null : beside(id);
      if (id === null || card === undefined || screen === null) return;
      if (card.only !== null) now.current.openMenu({ kind: 'target', from: { source: id, port: card.only.id }, screen });
      else if (card.ports.length > 0) now.current.openMenu({ kind: 'port', source: id, screen });
    },
    add: () => {
      const { edited, types } = store.getState();
      const node = nodeById(edited.document, here() ?? edited.document.nodes.at(-1)?.id ?? '');
      const port = node === undefined ? undefined : openPort(edited.document, types, node);
      if (node !== undefined && port !== undefined) hand.follow({ source: node.id, port });
    },
    follow: (from) => {
      const screen = beside(from.source);
      if (screen !== null) now.current.openMenu({ kind: 'follow', from, place: null, screen });
    },
    copy: (cut) => {
      const clip = clipOf(store.getState().edited.document, store.getState().selected);
      if (clip.nodes.length + clip.notes.length === 0) return;
      void navigator.clipboard.writeText(writeClip(clip)).then(() => said(clip, cut));
      void carry(store, clip);
    },
    copyInto: (data, cut) => {
      const clip = clipOf(store.getState().edited.document, store.getState().selected);
      if (clip.nodes.length + clip.notes.length === 0) return false;
      data.setData('text/plain', writeClip(clip));
      void carry(store, clip);
      said(clip, cut);
      return true;
    },
    paste: () => {
      void navigator.clipboard.readText().then((text) => hand.pasteText(text), () => toast({ text: says('done.clipboardClosed', 1), stays: true }));
    },
    pasteText: (text) => {
      const clip = readClip(text);
      if (clip === null || store.getState().readOnly) return false;
      put(clip);
      const bundle = bundleIn(text);
      if (bundle !== null) store.getState().set({ pasted: bundle });
      toast({ text: says('done.pasted', clip.nodes.length || clip.notes.length), undo: store.getState().undo });
      return true;
    },
    show: (ids) => {
      if (ids.some((id) => !isInView(id))) requestAnimationFrame(() => store.getState().look(ids));
    },
    fit: () => now.current.onFit(),
    zoom: (how) => {
      const { flow } = now.current;
      const duration = reducedMotion() ? 0 : 120;
      if (how === 'in') void flow.zoomIn({ duration });
      else if (how === 'out') void flow.zoomOut({ duration });
      else void flow.zoomTo(1, { duration });
    },
    minimap: () => now.current.onMinimap(),
  };

  function said(clip: Clip, cut: boolean) {
    if (cut) removeSelected(store, says);
    else toast({ text: says('done.copied', clip.nodes.length || clip.notes.length) });
  }

  return hand;
}

function focusCard(box: HTMLDivElement | null, id: string): void {
  const card = box?.querySelector(`.react-flow__node[data-id="${id}"]`);
  if (card instanceof HTMLElement) card.focus({ preventScroll: true });
  // One that is not drawn yet is where the hand is by being selected, as long as no other has the focus.
  else if (document.activeElement instanceof HTMLElement && box?.contains(document.activeElement) === true) document.activeElement.blur();
}
