// From the store to what xyflow shows: cards and wires that stay the same objects until they change.
import { useMemo, useRef } from 'react';
import { useBuilder } from '../builder/store';
import type { Position } from '../document/flow';
import { contentsOf, placed, readingOrder, type Cards, type Content } from '../document/drawing';
import { mayEnter } from '../document/schema';
import { route, type Wire } from '../document/routing';
import { cardNode, ENTRY_HANDLE, noteId, reuse, sameCard, sameWire, type CanvasNode, type WireEdge } from './shapes';

export type Drawing = { nodes: CanvasNode[]; edges: WireEdge[]; cards: Cards; wires: Wire[] };

export function useDrawing(moved: Record<string, Position>): Drawing {
  const document = useBuilder((builder) => builder.edited.document);
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const findings = useBuilder((builder) => builder.findings);
  const selected = useBuilder((builder) => builder.selected);
  const chosenWire = useBuilder((builder) => builder.wire);
  const lastContents = useRef<ReadonlyMap<string, Content>>(new Map());
  const lastNodes = useRef(new Map<string, CanvasNode>());
  const lastEdges = useRef(new Map<string, WireEdge>());

  const contents = useMemo(() => {
    lastContents.current = contentsOf(document, types, language, lastContents.current);
    return lastContents.current;
  }, [document, types, language]);
  const cards = useMemo(() => placed(contents, moved), [contents, moved]);
  const wires = useMemo(() => route(cards, document.edges), [cards, document.edges]);
  const order = useMemo(() => readingOrder(document, placed(contents)), [document, contents]);

  const nodes = useMemo(() => {
    const feet = new Set(wires.filter((wire) => wire.chained).map((wire) => wire.edge.source));
    const shown: CanvasNode[] = order.flatMap((id): CanvasNode[] => {
      const card = cards.get(id);
      if (card === undefined) return [];
      const mine = findings.filter((finding) => finding.node === id);
      const errors = mine.filter((finding) => finding.severity === 'error').length;
      const node = cardNode({ card, foot: feet.has(id), errors, warnings: mine.length - errors }, selected.has(id) ? 0 : 1);
      node.selected = selected.has(id);
      node.className = mayEnter(types.types[card.node.type]) ? '' : 'is-closed';
      return [reuse(lastNodes.current, node, sameCard)];
    });
    for (const note of document.notes ?? []) {
      const id = noteId(note.id);
      shown.push({
        id,
        type: 'note',
        position: moved[id] ?? note.position,
        data: { note },
        selected: selected.has(id),
        connectable: false,
      });
    }
    lastNodes.current = new Map(shown.map((node) => [node.id, node]));
    return shown;
  }, [cards, wires, order, findings, selected, document.notes, moved, types]);

  const edges = useMemo(() => {
    const shown = wires.map((wire): WireEdge => {
      const isChosen = wire.id === chosenWire;
      const lit = selected.has(wire.edge.source);
      const edge: WireEdge = {
        id: wire.id,
        type: 'wire',
        source: wire.edge.source,
        sourceHandle: wire.edge.port,
        target: wire.edge.target,
        targetHandle: ENTRY_HANDLE,
        selected: isChosen,
        data: { wire, lit },
        zIndex: 0,
      };
      return reuse(lastEdges.current, edge, sameWire);
    });
    lastEdges.current = new Map(shown.map((edge) => [edge.id, edge]));
    // The lit and the chosen lie on top; among equals the order of the routes decides which one shows the gap.
    const rank = (edge: WireEdge) => (edge.selected === true ? 2 : edge.data?.lit === true ? 1 : 0);
    return shown.toSorted((one, other) => rank(one) - rank(other));
  }, [wires, chosenWire, selected]);

  return { nodes, edges, cards, wires };
}
