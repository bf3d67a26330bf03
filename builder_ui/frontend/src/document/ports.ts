// The ports of a node, from its schema and params: names, and what happens where no wire leaves.
import type { FlowDocument, FlowNode } from './flow';
import { at, isObject, listOf, steps, textOf, type Json, type JsonObject } from './json';
import { said, titleOf, unwiredWord, type Language, type NodeTypes, type Schema } from './schema';
import { fill } from './summary';

export type Port = {
  id: string;
  title: string;
  unwired: string;
  /** What the card says: of the open port its fate, of the wired port when it is taken; may be empty. */
  fate: string;
  wired: boolean;
  /** Open and required: the author must decide. */
  missing: boolean;
  /** Rare: takes a row on the card only when wired. */
  quiet: boolean;
};

export function portsOf(node: FlowNode, types: NodeTypes, language: Language, document: FlowDocument, wired: Set<string>): Port[] {
  const schema = types.types[node.type];
  if (schema === undefined) return unknownPorts(node, document);
  const ports = declared(schema, node.params);
  return ports.map(({ id, title, about }) => {
    const unwired = textOf(about['unwired']) || 'required'; // as the engine reads it
    const isWired = wired.has(`${node.id}:${id}`);
    const own = said(about, isWired ? 'wired' : 'fate', language);
    const fate = own !== '' ? fill(own, schema, node, types, language, document) : '';
    return {
      id,
      title: title ?? titleOf(about, language),
      unwired,
      fate: fate !== '' ? fate : isWired ? '' : unwiredWord(types, unwired, language),
      wired: isWired,
      missing: unwired === 'required' && !isWired,
      quiet: about['quiet'] === true,
    };
  });
}

/** The ids of the ports a node with these params has. */
export function portIds(schema: Schema, params: JsonObject): string[] {
  return declared(schema, params).map((port) => port.id);
}

type Declared = { id: string; title: string | null; about: Schema };

function declared(schema: Schema, params: JsonObject): Declared[] {
  const ports = schema['x-ports'];
  if (Array.isArray(ports)) return fixed(ports);
  if (!isObject(ports)) return [];
  const ids = every(params, steps(textOf(ports['each'])));
  const titles = every(params, steps(textOf(ports['title'])));
  const each = ids.map((id, index) => ({ id: textOf(id), title: textOf(titles[index]) || textOf(id), about: ports }));
  return [...each, ...fixed(listOf(ports['and']))];
}

function fixed(ports: Json[]): Declared[] {
  return ports.filter(isObject).map((about) => ({ id: textOf(about['id']), title: null, about }));
}

/** The values at a pointer in which `*` stands for every item of a list. */
function every(value: Json, path: string[]): (Json | undefined)[] {
  const star = path.indexOf('*');
  if (star < 0) return [at(value, path)];
  return listOf(at(value, path.slice(0, star))).flatMap((each) => every(each, path.slice(star + 1)));
}

/** A node of a type this installation lacks keeps the wires it has. */
function unknownPorts(node: FlowNode, document: FlowDocument): Port[] {
  const wires = document.edges.filter((edge) => edge.source === node.id);
  return wires.map(({ port }) => ({ id: port, title: port, unwired: '', fate: '', wired: true, missing: false, quiet: false }));
}
