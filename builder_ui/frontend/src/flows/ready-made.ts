// Ready-made flows as bundles: under the name their author gives, with the flows they call.
import type { FlowDocument, FlowNode } from '../document/flow';
import { isObject, textOf, type Json, type JsonObject } from '../document/json';
import { propertiesOf, type NodeTypes } from '../document/schema';
import { fold } from '../ui/fold';
import type { ReadyMade } from './flows-api';

/** Under its author's name, and a key that says the same. */
export function named(document: FlowDocument, name: string): FlowDocument {
  if (name === document.name) return document;
  const key = fold(name).replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60);
  return { ...document, name, key: key === '' ? document.key : key };
}

/** The flow as its author names it, those it calls and those they call, and what they all name of their account. */
export function bundleOf(start: ReadyMade, name: string, offered: readonly ReadyMade[], types: NodeTypes): JsonObject {
  const along = [{ ...start, document: named(start.document, name) }];
  for (const each of along) {
    const called = new Set(each.document.nodes.flatMap((node) => namedBy(node, types)));
    along.push(...offered.filter((flow) => called.has(flow.key) && along.every((one) => one.key !== flow.key)));
  }
  const keys = new Set(along.map((flow) => flow.key));
  const references = along.flatMap((flow) => flow.references).filter((each) => each['kind'] !== 'flow' || !keys.has(textOf(each['slug'])));
  return {
    format: 'flowengine/bundle',
    format_version: 1,
    origin: { account: { slug: 'ready-made', name: '' }, at: '' },
    flows: along.map((flow) => ({ document: plain(flow.document) })),
    references: [...new Map(references.map((each) => [`${textOf(each['kind'])}:${textOf(each['slug'])}`, each])).values()],
  };
}

function namedBy({ type, params }: FlowNode, types: NodeTypes): string[] {
  const properties = propertiesOf(types, types.types[type] ?? {});
  return properties.filter(({ schema }) => schema['x-ref'] === 'flow').map(({ name }) => textOf(params[name]));
}

/** What stands in a file is plain JSON. */
function plain(document: FlowDocument): JsonObject {
  const value: Json = JSON.parse(JSON.stringify(document));
  return isObject(value) ? value : {};
}
