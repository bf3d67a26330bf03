// Where a flow uses what it names: its variables and answers, and things of the account, step by step.
import { nodeById, type FlowDocument, type FlowNode } from './flow';
import { isObject, listOf, objectOf, textOf, type Json, type JsonObject } from './json';
import { nameOfThing, operandsOf, propertiesOf, type Language, type NodeTypes, type Operand, type Schema } from './schema';
import { spoken, titleOfNode } from './template';

/** `kind`: as `x-ref` has it, or `vars` or `answers`. `saves`: the step gives the variable its value. */
export type Use = { kind: string; slug: string; title: string; steps: { id: string; saves: boolean }[] };

const PATH = /\b(vars|answers|contact\.fields|deal\.fields|account\.vars)\.([A-Za-z_][\w-]*)/g;
const KINDS: Record<string, string> = { 'contact.fields': 'field', 'deal.fields': 'deal_field', 'account.vars': 'constant' };

type Named = { kind: string; slug: string; saves: boolean };

/** By kind and name, in the order in which the steps first name them. */
export function usesIn(document: FlowDocument, types: NodeTypes, language: Language): Use[] {
  const operands = operandsOf(types, language).filter(({ reference }) => reference !== '');
  const found = new Map<string, Use>();
  for (const node of document.nodes) {
    for (const { kind, slug, saves } of namedBy(node, types, operands)) {
      const key = `${kind} ${slug}`;
      const use = found.get(key) ?? { kind, slug, title: titleFor(document, types, language, kind, slug), steps: [] };
      found.set(key, use);
      const before = use.steps.find((step) => step.id === node.id);
      if (before === undefined) use.steps.push({ id: node.id, saves });
      else before.saves ||= saves;
    }
  }
  return [...found.values()];
}

function titleFor(document: FlowDocument, types: NodeTypes, language: Language, kind: string, slug: string): string {
  if (kind === 'vars') return spoken(slug);
  if (kind !== 'answers') return nameOfThing(types, kind, slug);
  const node = nodeById(document, slug);
  return node === undefined ? slug : titleOfNode(node, types, language);
}

function namedBy(node: FlowNode, types: NodeTypes, operands: Operand[]): Named[] {
  return [...byMarks(types, types.types[node.type] ?? {}, node.params), ...byWords(node.params), ...byTests(node.params, operands)];
}

/** Fields that hold a name: of a thing (`x-ref`), or of the variable they save into. */
function byMarks(types: NodeTypes, schema: Schema, values: JsonObject): Named[] {
  return propertiesOf(types, schema, values).flatMap(({ name, schema: property }): Named[] => {
    const value = values[name];
    const kind = textOf(property['x-ref']) || textOf(objectOf(property['items'])['x-ref']);
    const slugs = [value, ...listOf(value)].filter((each) => typeof each === 'string' && each !== '').map(textOf);
    if (kind !== '') return slugs.map((slug) => ({ kind, slug, saves: false }));
    if (property['x-widget'] === 'variable') return slugs.map((slug) => ({ kind: 'vars', slug, saves: true }));
    const items = objectOf(property['items']);
    return [...(isObject(value) ? byMarks(types, property, value) : []), ...listOf(value).flatMap((each) => (isObject(each) ? byMarks(types, items, each) : []))];
  });
}

/** Paths in templates and conditions: `vars.pedido`, `answers.menu`, `contact.fields.cpf`. */
function byWords(value: Json): Named[] {
  if (typeof value === 'string') {
    return [...value.matchAll(PATH)].map(([, stem = '', slug = '']) => ({ kind: KINDS[stem] ?? stem, slug, saves: false }));
  }
  return (Array.isArray(value) ? value : Object.values(objectOf(value))).flatMap(byWords);
}

/** Tests of conditions: `hours.team:vendas` names a team by what it looks at, `contact.tags contains vip` a tag by its value. */
function byTests(value: Json, operands: Operand[]): Named[] {
  if (Array.isArray(value)) return value.flatMap((each) => byTests(each, operands));
  if (!isObject(value)) return [];
  const left = textOf(value['left']);
  const here = operands.flatMap(({ id, reference }): Named[] => {
    const stem = id.endsWith('*') ? id.slice(0, -1) : null;
    if (stem !== null) return left.startsWith(stem) && left !== stem ? [{ kind: reference, slug: left.slice(stem.length), saves: false }] : [];
    const right = value['right'];
    const slugs = left === id ? [right, ...listOf(right)] : [];
    return slugs.flatMap((slug) => (typeof slug === 'string' && slug !== '' && !slug.includes('{') ? [{ kind: reference, slug, saves: false }] : []));
  });
  return [...here, ...Object.values(value).flatMap((each) => byTests(each, operands))];
}
