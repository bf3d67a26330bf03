// The one or two lines of a card: the schema's `x-summary` filled with the params.
import { nodeById, type FlowDocument, type FlowNode } from './flow';
import { at, isObject, listOf, objectOf, steps, textOf, type Json } from './json';
import { broken, plain, type Line } from './lines';
import { choicesOf, isShown, nameOfThing, operandsOf, operatorsOf, propertiesOf, resolve, said, type Language, type NodeTypes, type Schema } from './schema';
import { chipOf, likelyWay, nameOfNode, piecesOf, spoken, type Name } from './template';

const MOST_LINES = 2;

/** The card's lines; a single long line is broken into two by its estimated width. */
export function summaryOf(
  node: FlowNode,
  types: NodeTypes,
  language: Language,
  document: FlowDocument,
  names: Name[],
): Line[] {
  const schema = types.types[node.type];
  if (schema === undefined) return [];
  const templates = listOf(at(schema, ['x-i18n', language, 'x-summary']) ?? schema['x-summary']).map(textOf);
  const lines = templates.flatMap((template) => {
    const line = lineOf(template, schema, node, types, language, document, names);
    return line === null || line.length === 0 ? [] : [line];
  });
  const [only, ...others] = lines.slice(0, MOST_LINES);
  if (only === undefined) return [];
  return others.length === 0 ? broken(only) : [only, ...others];
}

/** A text of the schema with its `{param}`s filled, `{param|one|many}` by its number; empty when one of them is. */
export function fill(
  template: string,
  schema: Schema,
  node: FlowNode,
  types: NodeTypes,
  language: Language,
  document: FlowDocument,
): string {
  const line = lineOf(template, schema, node, types, language, document, []);
  return line === null ? '' : line.map((bit) => bit.text).join('');
}

function lineOf(
  template: string,
  schema: Schema,
  node: FlowNode,
  types: NodeTypes,
  language: Language,
  document: FlowDocument,
  names: Name[],
): Line | null {
  const line: Line = [];
  let end = 0;
  for (const match of template.matchAll(/\{([^{}]+)\}/g)) {
    if (match.index > end) line.push({ text: template.slice(end, match.index), chip: false });
    end = match.index + match[0].length;
    const [path = '', one, many] = (match[1] ?? '').split('|');
    const bits = valueBits(path.split('.'), schema, node, types, language, document, names);
    if (bits.length === 0) return null;
    if (one === undefined || many === undefined) line.push(...bits);
    else line.push(plain(bits[0]?.text === '1' ? one : many));
  }
  if (end < template.length) line.push({ text: template.slice(end), chip: false });
  return line;
}

function valueBits(
  path: string[],
  schema: Schema,
  node: FlowNode,
  types: NodeTypes,
  language: Language,
  document: FlowDocument,
  names: Name[],
): Line {
  if (path.at(-1) === 'length') {
    const count = listOf(at(node.params, path.slice(0, -1))).length;
    return count === 0 ? [] : [plain(String(count))];
  }
  const first = objectOf(objectOf(schema['properties'])[path[0] ?? '']);
  if (first['x-show-if'] !== undefined && !isShown(first, node.params, propertiesOf(types, schema))) return [];
  const property = schemaAt(types, schema, path);
  const inherited = at(document, steps(textOf(property['x-default-from'])));
  const from = textOf(property['x-default-from']) === '' ? undefined : inherited;
  const value = at(node.params, path) ?? from ?? property['default'];
  const reference = textOf(property['x-ref']);
  if (reference !== '') {
    const within = textOf(at(node.params, [...path.slice(0, -1), textOf(property['x-within'])]));
    return referenceBits(value, reference, within, types, language, document);
  }
  const kind = textOf(property['x-media-of']);
  if (kind === '' || !textOf(value).startsWith('file:')) return bitsOf(value, property, types, language, document, names);
  const beside = [...path.slice(0, -1), kind]; // a file's content says nothing to people
  return bitsOf(at(node.params, beside), schemaAt(types, schema, beside), types, language, document, names);
}

/** Steps and things of the account by what they are called. */
function referenceBits(
  value: Json | undefined,
  reference: string,
  within: string,
  types: NodeTypes,
  language: Language,
  document: FlowDocument,
): Line {
  const slugs = (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string' && each !== '').map(String);
  const names = slugs.map((slug) =>
    reference === 'node' ? nameOfNode(document, types, slug, language) : nameOfThing(types, reference, slug, within),
  );
  return names.length === 0 ? [] : [plain(names.join(', '))];
}

function bitsOf(
  value: Json | undefined,
  property: Schema,
  types: NodeTypes,
  language: Language,
  document: FlowDocument,
  names: Name[],
): Line {
  const widget = textOf(property['x-widget']);
  if (value === undefined || value === null || value === '' || value === false) return [];
  if (value === true) return [plain(said(property, 'title', language))];
  if (widget === 'duration') return [plain(durationIn(value, language))];
  if (widget === 'condition') return conditionBits(value, types, language, document);
  if (Array.isArray(value)) {
    const choices = choicesOf(resolve(types, objectOf(property['items'])), language);
    const words = value.map((item) => choices.find((each) => each.value === item)?.title ?? scalar(item));
    return words.length === 0 ? [] : [plain(words.join(' · '))];
  }
  if (typeof value === 'object') return [];
  const choice = choicesOf(property, language).find((each) => each.value === value);
  if (choice !== undefined) return [plain(choice.title)];
  if (widget === 'variable') return [{ text: spoken(String(value)), chip: true }];
  if (property['format'] === 'template') {
    return likelyWay(piecesOf(String(value))).map((piece) =>
      piece.kind === 'text' ? plain(piece.text.replace(/\s+/g, ' ')) : { text: chipOf(piece.expression, names), chip: true },
    );
  }
  return [plain(String(value))];
}

function schemaAt(types: NodeTypes, schema: Schema, path: string[]): Schema {
  let here = schema;
  for (const step of path) {
    const next = /^\d+$/.test(step) ? here['items'] : objectOf(here['properties'])[step];
    here = resolve(types, objectOf(next));
  }
  return here;
}

const units: Record<Language, Record<string, [string, string]>> = {
  'pt-BR': { seconds: ['segundo', 'segundos'], minutes: ['minuto', 'minutos'], hours: ['hora', 'horas'], days: ['dia', 'dias'] },
  en: { seconds: ['second', 'seconds'], minutes: ['minute', 'minutes'], hours: ['hour', 'hours'], days: ['day', 'days'] },
};
const SHORT: Record<string, string> = { seconds: 's', minutes: 'min', hours: 'h' };

/** A duration in words: 24 h, 30 min, 2 dias. */
export function durationIn(value: Json, language: Language): string {
  if (!isObject(value)) return '';
  const amount = Number(value['amount']);
  const unit = textOf(value['unit']);
  const word = units[language][unit]?.[amount === 1 ? 0 : 1] ?? unit;
  return `${String(amount)} ${SHORT[unit] ?? word}`;
}

export const durationUnits = units;

/** A condition in words, as far as a line goes: its first test, and how many more. */
function conditionBits(value: Json, types: NodeTypes, language: Language, document: FlowDocument): Line {
  const tests = testsOf(value);
  const first = tests[0];
  if (first === undefined) return [];
  const left = textOf(first['left']);
  const operator = operatorsOf(types, language).find((each) => each.id === first['op']);
  const right = first['right'];
  const shown = right === undefined ? '' : ` ${rightIn(right, language)}`;
  const more = tests.length > 1 ? ` +${String(tests.length - 1)}` : '';
  const verb = operator === undefined || operator.id === 'is_true' ? '' : ` ${operator.title}`;
  return [plain(`${operandTitle(left, types, language, document)}${verb}${shown}${more}`)];
}

function rightIn(right: Json, language: Language): string {
  if (Array.isArray(right)) return right.map(scalar).join(', ');
  return isObject(right) ? durationIn(right, language) : scalar(right);
}

function testsOf(value: Json | undefined): { [key: string]: Json }[] {
  if (!isObject(value)) return [];
  if ('left' in value) return [value];
  return [...listOf(value['all']), ...listOf(value['any']), ...(value['not'] === undefined ? [] : [value['not']])].flatMap(testsOf);
}

export function operandTitle(id: string, types: NodeTypes, language: Language, document: FlowDocument): string {
  const operands = operandsOf(types, language);
  const exact = operands.find((operand) => operand.id === id);
  if (exact !== undefined) return exact.title;
  const family = operands.find((operand) => operand.id.endsWith('*') && id.startsWith(operand.id.slice(0, -1)));
  if (family === undefined) return id;
  const rest = id.slice(family.id.length - 1);
  const name = family.reference === '' ? undefined : nameOfThing(types, family.reference, rest);
  return `${family.title} ${name ?? nodeById(document, rest)?.label ?? spoken(rest)}`;
}

function scalar(value: Json): string {
  return typeof value === 'object' ? '' : String(value);
}
