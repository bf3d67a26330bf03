// From the store to what is drawn: cards and wires that stay the same objects until they change.
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isToFill } from '../builder/fresh';
import { useBuilder } from '../builder/store';
import { frameId, noteId, wireId, type Edge, type Finding, type Frame, type Position } from '../document/flow';
import { folded, realFrom } from '../document/folding';
import { frameBox, held } from '../document/frames';
import { contentsOf, nothingDrawn, placed, readingOrder, sameGeometry, sameReading, type Cards } from '../document/drawing';
import { mayEnter } from '../document/schema';
import { kept, route, type Wire } from '../document/routing';
import type { Heat, WireHeat } from '../document/heat';
import type { Trail } from '../document/trail';
import { useSight } from './seeing';
import { cardNode, foldedNode, frameNode, noteNode, sameWire, showsCard, type CanvasNode, type CardTrail, type DrawnWire } from './shapes';
import type { Sight } from './sight';

/** `resting`: the cards where the document has them, while some are dragged. */
export type Drawing = {
  nodes: CanvasNode[];
  lines: DrawnWire[];
  sight: Sight;
  cards: Cards;
  resting: Cards;
  wires: Wire[];
  inside: ReadonlyMap<string, string>;
};
const NO_CARDS: Cards = new Map();
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
  const lastCards = useRef(NO_CARDS);
  const lastResting = useRef(NO_CARDS);
  const lastWires = useRef<{ cards: Cards; edges: readonly Edge[]; wires: Wire[] }>({ cards: NO_CARDS, edges: [], wires: [] });
  const lastOrder = useRef<{ cards: Cards; edges: readonly Edge[]; order: string[] }>({ cards: NO_CARDS, edges: [], order: [] });
  const lastNodes = useRef(new Map<string, CanvasNode>());
  const lastLines = useRef(new Map<string, DrawnWire>());

  const contents = useMemo(() => {
    lastContents.current = contentsOf(document, types, language, lastContents.current);
    return lastContents.current;
  }, [document, types, language]);
  const all = useMemo(() => {
    lastCards.current = placed(contents, moved, lastCards.current);
    return lastCards.current;
  }, [contents, moved]);
  const resting = useMemo(() => {
    lastResting.current = placed(contents, {}, lastResting.current);
    return lastResting.current;
  }, [contents]);
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
    const last = lastWires.current;
    const isSame = last.edges === drawn && sameGeometry(cards, last.cards);
    lastWires.current = { cards, edges: drawn, wires: isSame ? last.wires : kept(route(cards, drawn), last.wires) };
    return lastWires.current.wires;
  }, [cards, drawn]);
  const order = useMemo(() => {
    const last = lastOrder.current;
    const isSame = last.edges === document.edges && sameReading(resting, last.cards);
    lastOrder.current = { cards: resting, edges: document.edges, order: isSame ? last.order : readingOrder(document, resting) };
    return lastOrder.current.order;
  }, [document, resting]);
  const feet = useMemo(() => new Set(wires.filter((wire) => wire.chained).map((wire) => wire.edge.source)), [wires]);
  const sight = useSight(cards, wires, trail !== null || heat !== null || marks !== null);
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
    const shown: CanvasNode[] = [...around, ...order.flatMap((id): CanvasNode[] => {
      const card = cards.get(id);
      if (card === undefined) return [];
      const { errors, warnings } = problems.get(id) ?? NO_PROBLEMS;
      const detail = sight.cards.get(id);
      const state = { selected: selected.has(id), closed: !mayEnter(types.types[card.node.type]), hidden: detail === undefined };
      const data = { card, foot: feet.has(id), errors, warnings, fresh: fresh.has(id), trail: placeOn(trail, id), heat: heat?.cards.get(id) ?? null, mark: marks?.get(id) ?? null, detail: detail ?? 'tile' };
      const known = lastNodes.current.get(id);
      return [showsCard(known, data, state) ? known : cardNode(data, state)];
    })];
    for (const note of document.notes ?? []) {
      const id = noteId(note.id);
      shown.push(noteNode(note, moved[id] ?? note.position, selected.has(id)));
    }
    lastNodes.current = new Map(shown.map((node) => [node.id, node]));
    return shown;
  }, [cards, all, resting, frames, feet, order, problems, fresh, selected, sight, document.notes, moved, types, trail, heat, marks]);

  const lines = useMemo(() => {
    const shown = wires.map((wire): DrawnWire => {
      const chosen = wireId(realFrom(wire.edge)) === chosenWire;
      const line = { id: wire.id, wire, chosen, lit: selected.has(wire.edge.source), passed: trail?.wires.has(wire.id) === true, heat: heatOn(heat, wire.edge) };
      const known = lastLines.current.get(wire.id);
      return known !== undefined && sameWire(known, line) ? known : line;
    });
    lastLines.current = new Map(shown.map((line) => [line.id, line]));
    // The lit and the chosen lie on top; among equals the order of the routes decides which one shows the gap.
    const rank = (line: DrawnWire) => (line.chosen ? 3 : line.passed ? 2 : line.lit ? 1 : 0);
    return shown.toSorted((one, other) => rank(one) - rank(other));
  }, [wires, chosenWire, selected, trail, heat]);

  return { nodes, lines, sight, cards, resting, wires, inside };
}

const NO_PROBLEMS = { errors: 0, warnings: 0 };

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
    const { errors, warnings } = counts.get(node) ?? NO_PROBLEMS;
    counts.set(node, severity === 'error' ? { errors: errors + 1, warnings } : { errors, warnings: warnings + 1 });
  }
  return counts;
}
