// From the store to what xyflow shows: cards and wires that stay the same objects until they change.
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isToFill } from '../builder/fresh';
import { useBuilder } from '../builder/store';
import { frameId, noteId, wireId, type Edge, type Finding, type Frame, type Position } from '../document/flow';
import { folded, realFrom } from '../document/folding';
import { frameBox, held } from '../document/frames';
import { contentsOf, geometryOf, nothingDrawn, placed, readingOrder, type Cards } from '../document/drawing';
import { mayEnter } from '../document/schema';
import { route, type Wire } from '../document/routing';
import type { Heat, WireHeat } from '../document/heat';
import type { Trail } from '../document/trail';
import { cardNode, ENTRY_HANDLE, foldedNode, frameNode, reuse, sameCard, sameWire, type CanvasNode, type CardTrail, type WireEdge } from './shapes';

/** `resting`: the cards where the document has them, while some are dragged. */
export type Drawing = { nodes: CanvasNode[]; edges: WireEdge[]; cards: Cards; resting: Cards; wires: Wire[]; inside: ReadonlyMap<string, string> };
const NO_FRAMES: Frame[] = [];

export function useDrawing(moved: Record<string, Position>): Drawing {
  const { t } = useTranslation('builder');
  const document = useBuilder((builder) => builder.shown ?? builder.edited.document);
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const findings = useBuilder((builder) => builder.findings);
  const fresh = useBuilder((builder) => builder.fresh);
  const selected = useBuilder((builder) => builder.selected);
  const chosenWire = useBuilder((builder) => builder.wire);
  const trail = useBuilder((builder) => builder.trail);
  const heat = useBuilder((builder) => builder.heat);
  const marks = useBuilder((builder) => builder.marks);
  const lastContents = useRef(nothingDrawn);
  const lastCards = useRef<Cards>(new Map());
  const lastWires = useRef<{ key: string; edges: readonly Edge[]; wires: Wire[] }>({ key: '', edges: [], wires: [] });
  const lastNodes = useRef(new Map<string, CanvasNode>());
  const lastEdges = useRef(new Map<string, WireEdge>());

  const contents = useMemo(() => {
    lastContents.current = contentsOf(document, types, language, lastContents.current);
    return lastContents.current;
  }, [document, types, language]);
  const all = useMemo(() => {
    lastCards.current = placed(contents, moved, lastCards.current);
    return lastCards.current;
  }, [contents, moved]);
  const resting = useMemo(() => placed(contents), [contents]);
  const frames = document.frames ?? NO_FRAMES;
  const { cards, edges: drawn, inside } = useMemo(
    () =>
      folded(frames, all, document.edges, {
        title: (frame) => (frame.label === undefined || frame.label === '' ? t('frame.hint') : frame.label),
        count: (frame) => t('frame.count', { count: frame.nodes.length }),
      }),
    [frames, all, document.edges, t],
  );
  const wires = useMemo(() => {
    const key = geometryOf(cards);
    const last = lastWires.current;
    if (last.key === key && last.edges === drawn) return last.wires;
    lastWires.current = { key, edges: drawn, wires: route(cards, drawn) };
    return lastWires.current.wires;
  }, [cards, drawn]);
  const order = useMemo(() => readingOrder(document, resting), [document, resting]);
  const problems = useMemo(() => countsOf(findings.filter((finding) => !isToFill(finding, fresh))), [findings, fresh]);

  const nodes = useMemo(() => {
    const isMoving = new Set(Object.keys(moved));
    const around = held(frames, resting, all, isMoving).flatMap((frame): CanvasNode[] => {
      const id = frameId(frame.id);
      const card = cards.get(id);
      if (card !== undefined) return [foldedNode(frame, card, selected.has(id))];
      const box = frameBox(frame, all);
      return box === null ? [] : [frameNode(frame, box, selected.has(id))];
    });
    const feet = new Set(wires.filter((wire) => wire.chained).map((wire) => wire.edge.source));
    const shown: CanvasNode[] = [...around, ...order.flatMap((id): CanvasNode[] => {
      const card = cards.get(id);
      if (card === undefined) return [];
      const { errors, warnings } = problems.get(id) ?? { errors: 0, warnings: 0 };
      const node = cardNode({ card, foot: feet.has(id), errors, warnings, fresh: fresh.has(id), trail: placeOn(trail, id), heat: heat?.cards.get(id) ?? null, mark: marks?.get(id) ?? null }, selected.has(id) ? 0 : 1);
      node.selected = selected.has(id);
      node.className = mayEnter(types.types[card.node.type]) ? '' : 'is-closed';
      return [reuse(lastNodes.current, node, sameCard)];
    })];
    for (const note of document.notes ?? []) {
      const id = noteId(note.id);
      shown.push({
        id,
        type: 'note',
        position: moved[id] ?? note.position,
        data: { note },
        selected: selected.has(id),
        connectable: false,
        style: { visibility: 'visible' }, // xyflow hides what it has not measured, and a hidden field takes no focus
      });
    }
    lastNodes.current = new Map(shown.map((node) => [node.id, node]));
    return shown;
  }, [cards, all, resting, frames, wires, order, problems, fresh, selected, document.notes, moved, types, trail, heat, marks]);

  const edges = useMemo(() => {
    const shown = wires.map((wire): WireEdge => {
      const isChosen = wireId(realFrom(wire.edge)) === chosenWire;
      const lit = selected.has(wire.edge.source);
      const edge: WireEdge = {
        id: wire.id,
        type: 'wire',
        source: wire.edge.source,
        sourceHandle: wire.edge.port,
        target: wire.edge.target,
        targetHandle: ENTRY_HANDLE,
        selected: isChosen,
        data: { wire, lit, passed: trail?.wires.has(wire.id) === true, heat: heatOn(heat, wire.edge) },
        zIndex: 0,
      };
      return reuse(lastEdges.current, edge, sameWire);
    });
    lastEdges.current = new Map(shown.map((edge) => [edge.id, edge]));
    // The lit and the chosen lie on top; among equals the order of the routes decides which one shows the gap.
    const rank = (edge: WireEdge) => (edge.selected === true ? 3 : edge.data?.passed === true ? 2 : edge.data?.lit === true ? 1 : 0);
    return shown.toSorted((one, other) => rank(one) - rank(other));
  }, [wires, chosenWire, selected, trail, heat]);

  return { nodes, edges, cards, resting, wires, inside };
}

function heatOn(heat: Heat | null, edge: Edge): WireHeat | null {
  return heat?.wires.get(wireId(realFrom(edge))) ?? null;
}

function placeOn(trail: Trail | null, id: string): CardTrail {
  return { step: trail?.steps.get(id) ?? 0, here: trail?.here === id, pointed: trail?.pointed.has(id) === true };
}

function countsOf(findings: readonly Finding[]): Map<string, { errors: number; warnings: number }> {
  const counts = new Map<string, { errors: number; warnings: number }>();
  for (const { node, severity } of findings) {
    if (node === null) continue;
    const { errors, warnings } = counts.get(node) ?? { errors: 0, warnings: 0 };
    counts.set(node, severity === 'error' ? { errors: errors + 1, warnings } : { errors, warnings: warnings + 1 });
  }
  return counts;
}
