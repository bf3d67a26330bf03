// Authors' templates as pieces: plain text, and expressions shown as chips with a name a person would use.
import { nodeById, type FlowDocument, type FlowNode } from './flow';
import { isObject, listOf, objectOf, textOf, type JsonObject } from './json';
import { eventsOf, isAlias, operandsOf, propertiesOf, titleOf, type Language, type NodeTypes, type Schema } from './schema';

export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'expression'; source: string; expression: string }
  | { kind: 'statement'; source: string; statement: string };

const CODE = /\{\{\s*(.*?)\s*\}\}|\{%-?\s*(.*?)\s*-?%\}/g;

/** The pieces joined again are the text itself. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(CODE)) {
    if (match.index > end) pieces.push({ kind: 'text', text: text.slice(end, match.index) });
    const [source, expression, statement] = match;
    if (statement !== undefined) pieces.push({ kind: 'statement', source, statement });
    else pieces.push({ kind: 'expression', source, expression: expression ?? '' });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push({ kind: 'text', text: text.slice(end) });
  return pieces;
}

/** The pieces one reader would see: of an if with its else, only what its first condition lets through. */
export function likelyWay(pieces: Piece[]): Exclude<Piece, { kind: 'statement' }>[] {
  const skipping: boolean[] = [];
  return pieces.flatMap((piece) => {
    if (piece.kind !== 'statement') return skipping.includes(true) ? [] : [piece];
    const verb = piece.statement.split(/\s+/)[0] ?? '';
    if (verb === 'if') skipping.push(false);
    if (verb === 'elif' || verb === 'else') skipping.splice(-1, 1, true);
    if (verb === 'endif') skipping.pop();
    return [];
  });
}

/** What the flow puts at hand in a text: names of the contact, answers, variables. */
export type Name = { expression: string; title: string; group: 'contact' | 'answers' | 'vars' | 'other' };

/** The last answer for each document: canvas and form ask for the same at every change. */
const named = new WeakMap<FlowDocument, { types: NodeTypes; language: Language; names: Name[] }>();

export function namesOf(document: FlowDocument, types: NodeTypes, language: Language): Name[] {
  const known = named.get(document);
  if (known?.types === types && known.language === language) return known.names;
  const names = allNames(document, types, language);
  named.set(document, { types, language, names });
  return names;
}

function allNames(document: FlowDocument, types: NodeTypes, language: Language): Name[] {
  const operands = operandsOf(types, language).filter(({ inText }) => inText !== '');
  const plain: Name[] = operands
    .filter(({ inText }) => !inText.includes('*'))
    .map(({ id, title, inText }) => ({ expression: inText, title, group: id.startsWith('contact.') ? 'contact' : 'other' }));
  const own: Name[] = operands.flatMap(({ id, inText, reference }) =>
    (types.things?.[reference] ?? [])
      .filter((thing) => inText.includes('*') && !isAlias(thing))
      .map((thing) => ({
        expression: inText.replace('*', thing.slug),
        title: thing.name,
        group: id.startsWith('contact.') ? 'contact' : 'other',
      })),
  );
  const answers: Name[] = answering(document, types).map((node) => ({
    expression: `answers.${node.id}`,
    title: titleOfNode(node, types, language),
    group: 'answers',
  }));
  const variables: Name[] = variablesOf(document, types).map((name) => ({
    expression: `vars.${name}`,
    title: spoken(name),
    group: 'vars',
  }));
  const first: Name = { expression: 'contact.name | first_name', title: firstName[language], group: 'contact' };
  const others = [...happened(document, types, language), ...plain, ...own].filter((name) => !isOfContact(name));
  return [first, ...plain.filter(isOfContact), ...own.filter(isOfContact), ...answers, ...variables, ...others];
}

function isOfContact(name: Name): boolean {
  return name.group === 'contact';
}

/** The nodes that leave an answer behind. */
export function answering(document: FlowDocument, types: NodeTypes): FlowNode[] {
  return document.nodes.filter((node) => types.types[node.type]?.['x-answers'] !== undefined);
}

/** What comes with the events that start the flow, or that it waits for. */
export function happened(document: FlowDocument, types: NodeTypes, language: Language): Name[] {
  const heard = new Set(document.nodes.map((node) => textOf(node.params['event'])));
  const parts = eventsOf(types, language).filter((event) => heard.has(event.id)).flatMap((event) => event.data);
  return [...new Map(parts.map(({ value, title }) => [value, title]))].map(([value, title]) => ({
    expression: `event.data.${value}`,
    title,
    group: 'other',
  }));
}

const firstName: Record<Language, string> = { 'pt-BR': 'primeiro nome', en: 'first name' };

/** Variables that are declared, or that some node saves into (any property whose widget is `variable`). */
export function variablesOf(document: FlowDocument, types: NodeTypes): string[] {
  const declared = (document.variables ?? []).map((variable) => variable.name);
  const saved = document.nodes.flatMap((node) => savedBy(node, types));
  return [...new Set([...declared, ...saved])];
}

/** Nodes are never changed in place, so what one saves is looked up once, not at every key that is pressed elsewhere. */
const savedByNode = new WeakMap<NodeTypes['types'], WeakMap<FlowNode, string[]>>();

function savedBy(node: FlowNode, types: NodeTypes): string[] {
  const known = savedByNode.get(types.types) ?? new WeakMap<FlowNode, string[]>();
  savedByNode.set(types.types, known);
  const saved = known.get(node) ?? savedIn(types, types.types[node.type] ?? {}, node.params);
  known.set(node, saved);
  return saved;
}

function savedIn(types: NodeTypes, schema: Schema, values: JsonObject): string[] {
  return propertiesOf(types, schema).flatMap(({ name, schema: property }) => {
    const value = values[name];
    if (property['x-widget'] === 'variable') return typeof value === 'string' && value !== '' ? [value] : [];
    const items = objectOf(property['items']);
    return listOf(value).flatMap((each) => (isObject(each) ? savedIn(types, items, each) : []));
  });
}

export function nameOfNode(document: FlowDocument, types: NodeTypes, id: string, language: Language): string {
  const node = nodeById(document, id);
  return node === undefined ? id : titleOfNode(node, types, language);
}

/** The step's own name, else that of its type. */
export function titleOfNode(node: FlowNode, types: NodeTypes, language: Language): string {
  if (node.label !== undefined && node.label !== '') return node.label;
  const schema = types.types[node.type];
  return schema === undefined ? node.type : titleOf(schema, language);
}

/** The chip's words for an expression: a known name, else its last part; filters are left out. */
export function chipOf(expression: string, names: Name[]): string {
  const exact = names.find((name) => name.expression === expression.replace(/\s*\|\s*/g, ' | '));
  if (exact !== undefined) return exact.title.toLowerCase();
  const [path = '', ...filters] = expression.split('|').map((part) => part.trim());
  const withFirst = filters[0]?.startsWith('first_name') === true ? `${path} | first_name` : path;
  const known =
    names.find((name) => name.expression === withFirst) ??
    names.find((name) => name.expression === path) ??
    names.find((name) => name.expression.startsWith(`${path} |`));
  return known !== undefined ? known.title.toLowerCase() : spoken(path.split('.').at(-1) ?? path);
}

export function spoken(name: string): string {
  return name.replaceAll('_', ' ');
}

const words: Record<Language, { if: string; elif: string; else: string; endif: string }> = {
  'pt-BR': { if: 'se', elif: 'senão se', else: 'senão', endif: 'fim' },
  en: { if: 'if', elif: 'else if', else: 'else', endif: 'end' },
};

/** The chip's words for a statement: “se primeiro nome”, “senão”, “fim”. */
export function statementChip(statement: string, names: Name[], language: Language): string {
  const [verb = '', ...rest] = statement.split(/\s+/);
  const of = words[language];
  if (verb === 'else' || verb === 'endif') return of[verb];
  if (verb !== 'if' && verb !== 'elif') return statement;
  const test = rest.join(' ');
  return `${of[verb]} ${/[=<>]| (and|or|not|in|is) /.test(test) ? test : chipOf(test, names)}`;
}
