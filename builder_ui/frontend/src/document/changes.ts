// Everything that can be done to a flow, as data: apply(document, change), and the change that takes it back.
import type { About, Edge, FlowDocument, FlowNode, Frame, Note, Position } from './flow';
import { aboutOf } from './flow';
import type { JsonObject } from './json';

export type Change =
  | { kind: 'insert'; nodes: Placed<FlowNode>[]; edges: Placed<Edge>[] }
  | { kind: 'removeNodes'; ids: string[] }
  | { kind: 'moveNodes'; positions: Record<string, Position | null> }
  | { kind: 'setParams'; id: string; params: JsonObject }
  | { kind: 'setLabel'; id: string; label: string | null }
  | { kind: 'wire'; source: string; port: string; target: string | null; at?: number }
  | { kind: 'putNote'; note: Note; at?: number }
  | { kind: 'removeNote'; id: string; bare?: true }
  | { kind: 'setFrames'; frames: Frame[] | null }
  | { kind: 'rename'; name: string }
  | { kind: 'setSettings'; settings: JsonObject }
  | { kind: 'setAbout'; about: About }
  | { kind: 'replace'; document: FlowDocument }
  | { kind: 'all'; changes: Change[] };

/** Something and its place in its list; no place = at the end. `bare`: the document has no such list without it. */
export type Placed<T> = { item: T; at?: number };

export function apply(document: FlowDocument, change: Change): FlowDocument {
  switch (change.kind) {
    case 'insert':
      return {
        ...document,
        nodes: put(document.nodes, change.nodes),
        edges: put(document.edges, change.edges),
      };
    case 'removeNodes': {
      const gone = new Set(change.ids);
      const kept = {
        ...document,
        nodes: document.nodes.filter((node) => !gone.has(node.id)),
        edges: document.edges.filter((edge) => !gone.has(edge.source) && !gone.has(edge.target)),
      };
      return document.frames === undefined ? kept : withFrames(kept, framesWithout(document.frames, gone));
    }
    case 'moveNodes':
      return withNodes(document, (node) => {
        const position = change.positions[node.id];
        if (position === undefined) return node;
        const { position: _, ...rest } = node;
        return position === null ? rest : { ...rest, position };
      });
    case 'setParams':
      return withNodes(document, (node) => (node.id === change.id ? { ...node, params: change.params } : node));
    case 'setLabel':
      return withNodes(document, (node) => {
        if (node.id !== change.id) return node;
        const { label: _, ...rest } = node;
        return change.label === null ? rest : { ...rest, label: change.label };
      });
    case 'wire':
      return { ...document, edges: rewire(document.edges, change) };
    case 'putNote': {
      const notes = document.notes ?? [];
      const known = notes.some((note) => note.id === change.note.id);
      if (!known) return { ...document, notes: put(notes, [{ item: change.note, ...place(change.at) }]) };
      return { ...document, notes: notes.map((note) => (note.id === change.note.id ? change.note : note)) };
    }
    case 'removeNote': {
      if (document.notes === undefined) return document;
      if (change.bare !== true) return { ...document, notes: document.notes.filter((note) => note.id !== change.id) };
      const { notes: _, ...rest } = document;
      return rest;
    }
    case 'setFrames':
      return withFrames(document, change.frames);
    case 'rename':
      return { ...document, name: change.name };
    case 'setSettings':
      return { ...document, settings: change.settings };
    case 'setAbout': {
      const { description: _, language: __, variables: ___, ...rest } = document;
      return { ...rest, ...change.about };
    }
    case 'replace':
      return change.document;
    case 'all':
      return change.changes.reduce(apply, document);
  }
}

/** The change that takes `change` back, on `document` as it was before it. */
export function invert(document: FlowDocument, change: Change): Change {
  switch (change.kind) {
    case 'insert': {
      const unwire = change.edges.map(
        ({ item }): Change => ({ kind: 'wire', source: item.source, port: item.port, target: null }),
      );
      return { kind: 'all', changes: [...unwire, { kind: 'removeNodes', ids: change.nodes.map(({ item }) => item.id) }] };
    }
    case 'removeNodes': {
      const gone = new Set(change.ids);
      const insert: Change = {
        kind: 'insert',
        nodes: pick(document.nodes, (node) => gone.has(node.id)),
        edges: pick(document.edges, (edge) => gone.has(edge.source) || gone.has(edge.target)),
      };
      const isFramed = document.frames?.some((frame) => frame.nodes.some((id) => gone.has(id))) === true;
      return isFramed ? { kind: 'all', changes: [insert, invert(document, { kind: 'setFrames', frames: null })] } : insert;
    }
    case 'moveNodes': {
      const before = document.nodes.filter((node) => node.id in change.positions);
      return { kind: 'moveNodes', positions: Object.fromEntries(before.map((node) => [node.id, node.position ?? null])) };
    }
    case 'setParams':
      return { ...change, params: document.nodes.find((node) => node.id === change.id)?.params ?? {} };
    case 'setLabel':
      return { ...change, label: document.nodes.find((node) => node.id === change.id)?.label ?? null };
    case 'wire': {
      const { source, port } = change;
      const index = indexOfWire(document.edges, source, port);
      const before = document.edges[index];
      return before === undefined
        ? { kind: 'wire', source, port, target: null }
        : { kind: 'wire', source, port, target: before.target, at: index };
    }
    case 'putNote': {
      const before = (document.notes ?? []).find((note) => note.id === change.note.id);
      if (before !== undefined) return { kind: 'putNote', note: before };
      return { kind: 'removeNote', id: change.note.id, ...(document.notes === undefined ? { bare: true } : {}) };
    }
    case 'removeNote': {
      const notes = document.notes ?? [];
      const index = notes.findIndex((note) => note.id === change.id);
      const before = notes[index];
      return before === undefined ? { kind: 'all', changes: [] } : { kind: 'putNote', note: before, at: index };
    }
    case 'setFrames':
      return { kind: 'setFrames', frames: document.frames ?? null };
    case 'rename':
      return { kind: 'rename', name: document.name };
    case 'setSettings':
      return { kind: 'setSettings', settings: document.settings };
    case 'setAbout':
      return { kind: 'setAbout', about: aboutOf(document) };
    case 'replace':
      return { kind: 'replace', document };
    case 'all': {
      const back: Change[] = [];
      let here = document;
      for (const each of change.changes) {
        back.unshift(invert(here, each));
        here = apply(here, each);
      }
      return { kind: 'all', changes: back };
    }
  }
}

function withNodes(document: FlowDocument, change: (node: FlowNode) => FlowNode): FlowDocument {
  return { ...document, nodes: document.nodes.map(change) };
}

function withFrames(document: FlowDocument, frames: Frame[] | null): FlowDocument {
  const { frames: _, ...rest } = document;
  return frames === null ? rest : { ...rest, frames };
}

/** A frame goes with the last step it held. */
function framesWithout(frames: Frame[], gone: ReadonlySet<string>): Frame[] {
  return frames.flatMap((frame) => {
    const nodes = frame.nodes.filter((id) => !gone.has(id));
    if (nodes.length === frame.nodes.length) return [frame];
    return nodes.length === 0 ? [] : [{ ...frame, nodes }];
  });
}

function rewire(edges: Edge[], change: { source: string; port: string; target: string | null; at?: number }): Edge[] {
  const { source, port, target } = change;
  const index = indexOfWire(edges, source, port);
  if (target === null) return edges.filter((_, each) => each !== index);
  const wire = { source, port, target };
  return index >= 0 ? edges.with(index, wire) : put(edges, [{ item: wire, ...place(change.at) }]);
}

function indexOfWire(edges: Edge[], source: string, port: string): number {
  return edges.findIndex((edge) => edge.source === source && edge.port === port);
}

/** Put each thing at its place; ascending places restore what `pick` took. */
function put<T>(list: T[], things: Placed<T>[]): T[] {
  const result = [...list];
  for (const { item, at } of things) result.splice(at ?? result.length, 0, item);
  return result;
}

function pick<T>(list: T[], wanted: (item: T) => boolean): Placed<T>[] {
  return list.flatMap((item, at) => (wanted(item) ? [{ item, at }] : []));
}

function place(at: number | undefined): { at?: number } {
  return at === undefined ? {} : { at };
}
