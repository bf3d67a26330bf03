// The flow document, as the server keeps it.
import type { Json, JsonObject } from './json';

export type Position = { x: number; y: number };
export type Size = { width: number; height: number };
export type FlowNode = { id: string; type: string; label?: string; params: JsonObject; position?: Position };
export type Edge = { source: string; port: string; target: string };
export type Note = { id: string; text: string; position: Position; size?: Size };
export type FrameColour = 'sand' | 'blue' | 'green' | 'violet' | 'rose';
export type Frame = { id: string; label?: string; nodes: string[]; collapsed?: boolean; color?: FrameColour };
export type Variable = { name: string; type?: string; default?: Json; input?: boolean; output?: boolean };

export type FlowDocument = {
  format: 'flowengine/flow';
  format_version: 1;
  kind: string;
  key: string;
  name: string;
  description?: string;
  language?: string;
  settings: JsonObject;
  variables?: Variable[];
  nodes: FlowNode[];
  edges: Edge[];
  notes?: Note[];
  frames?: Frame[];
};

/** What a flow says of itself; what is absent is not in the document. */
export type About = Pick<FlowDocument, 'description' | 'language' | 'variables'>;

export function aboutOf({ description, language, variables }: FlowDocument): About {
  return {
    ...(description === undefined ? {} : { description }),
    ...(language === undefined ? {} : { language }),
    ...(variables === undefined ? {} : { variables }),
  };
}

export type Finding = {
  code: string;
  severity: 'error' | 'warning';
  node: string | null;
  edge: { source: string; port: string } | null;
  pointer: string | null;
  message: { 'pt-BR': string; en: string };
  fix: JsonObject | null;
};

export function nodeById(document: FlowDocument, id: string): FlowNode | undefined {
  return document.nodes.find((node) => node.id === id);
}

export function wireFrom(document: FlowDocument, source: string, port: string): Edge | undefined {
  return document.edges.find((edge) => edge.source === source && edge.port === port);
}

/** One name for a wire, since one wire leaves a port. */
export function wireId(edge: { source: string; port: string }): string {
  return `${edge.source}:${edge.port}`;
}

/** The name of a note or frame among all that is drawn; ids of nodes never hold a colon. */
export function noteId(id: string): string {
  return `note:${id}`;
}

export function frameId(id: string): string {
  return `frame:${id}`;
}

/** All that can be selected. */
export function drawnIds(document: FlowDocument): Set<string> {
  return new Set([
    ...document.nodes.map((node) => node.id),
    ...(document.notes ?? []).map((note) => noteId(note.id)),
    ...(document.frames ?? []).map((frame) => frameId(frame.id)),
  ]);
}
