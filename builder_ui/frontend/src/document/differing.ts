// What differs between two drawings of one flow, in an author's words: steps, their fields, where their ways out lead.
import { wireFrom, type FlowDocument, type FlowNode } from './flow';
import { equal, isObject, listOf, objectOf, textOf, type Json } from './json';
import { portsOf } from './ports';
import { choicesOf, propertiesOf, resolve, titleOf, type Language, type NodeTypes, type Schema } from './schema';
import { durationIn } from './summary';
import { nameOfNode } from './template';

export type FieldChange = { title: string; before: string; after: string };
export type StepChange = { kind: 'new' | 'changed' | 'removed'; node: FlowNode; fields: FieldChange[] };
type Side = { document: FlowDocument; node: FlowNode };

/** From `before` to `after`, in the order of drawing; a step that only moved is left out. */
export function differing(before: FlowDocument, after: FlowDocument, types: NodeTypes, language: Language): StepChange[] {
  const old = new Map(before.nodes.map((node) => [node.id, node]));
  const kept = new Set(after.nodes.map((node) => node.id));
  const here = after.nodes.flatMap((node): StepChange[] => {
    const other = old.get(node.id);
    if (other === undefined) return [{ kind: 'new', node, fields: [] }];
    const sides: [Side, Side] = [{ document: before, node: other }, { document: after, node }];
    const fields = [...ofName(sides), ...ofParams(sides, types, language), ...ofWires(sides, types, language)];
    return fields.length === 0 ? [] : [{ kind: 'changed', node, fields }];
  });
  const gone = before.nodes.filter((node) => !kept.has(node.id));
  return [...here, ...gone.map((node): StepChange => ({ kind: 'removed', node, fields: [] }))];
}

function ofName([before, after]: [Side, Side]): FieldChange[] {
  const names = { before: before.node.label ?? '', after: after.node.label ?? '' };
  return names.before === names.after ? [] : [{ title: '', ...names }];
}

function ofParams([before, after]: [Side, Side], types: NodeTypes, language: Language): FieldChange[] {
  const schema = types.types[after.node.type] ?? {};
  return inside(schema, before.node.params, after.node.params, '', types, language);
}

/** Where a way out led and leads; ways that were never connected are left out. */
function ofWires([before, after]: [Side, Side], types: NodeTypes, language: Language): FieldChange[] {
  const ports = [before, after].flatMap(({ node, document }) => portsOf(node, types, language, document, new Set()));
  const titles = new Map(ports.map((port) => [port.id, port.title]));
  return [...titles].flatMap(([port, title]) => {
    const [from, to] = [before, after].map(({ document, node }) => wireFrom(document, node.id, port)?.target);
    if (from === to) return [];
    const name = (document: FlowDocument, id: string | undefined) =>
      id === undefined ? '' : `→ ${nameOfNode(document, types, id, language)}`;
    return [{ title, before: name(before.document, from), after: name(after.document, to) }];
  });
}

function inside(schema: Schema, before: Json | undefined, after: Json | undefined, title: string, types: NodeTypes, language: Language): FieldChange[] {
  if (equal(before, after)) return [];
  const properties = propertiesOf(types, schema);
  if (isPlainObject(before) && isPlainObject(after) && properties.length > 0) {
    return properties.flatMap((property) =>
      inside(property.schema, before[property.name], after[property.name], joined(title, titleOf(property.schema, language)), types, language),
    );
  }
  if (Array.isArray(before) && Array.isArray(after) && isObject(schema['items'])) {
    return inList(resolve(types, objectOf(schema['items'])), before, after, title, types, language);
  }
  return [{ title, before: inWords(schema, before, language), after: inWords(schema, after, language) }];
}

/** Items are the same by their id, else by their place. */
function inList(schema: Schema, before: Json[], after: Json[], title: string, types: NodeTypes, language: Language): FieldChange[] {
  const keyed = (items: Json[]) => new Map(items.map((item, place) => [textOf(objectOf(item)['id']) || String(place), item]));
  const [old, fresh] = [keyed(before), keyed(after)];
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((key) => {
    const [one, other] = [old.get(key), fresh.get(key)];
    if (one !== undefined && other !== undefined) return inside(schema, one, other, title, types, language);
    return [{ title, before: inWords(schema, one, language), after: inWords(schema, other, language) }];
  });
}

function isPlainObject(value: Json | undefined): value is { [key: string]: Json } {
  return isObject(value) && !('unit' in value);
}

function joined(outer: string, inner: string): string {
  return outer === '' ? inner : `${outer} › ${inner}`;
}

function inWords(schema: Schema, value: Json | undefined, language: Language): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return listOf(value).map((each) => inWords({}, each, language)).join(', ');
  if (isObject(value)) {
    if ('unit' in value) return durationIn(value, language);
    return textOf(value['title']) || textOf(value['text']) || textOf(value['name']) || '…';
  }
  return choicesOf(schema, language).find((each) => each.value === value)?.title ?? String(value);
}
