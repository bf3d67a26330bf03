// What a condition can look at here: families of operands spelled out by what flow and account have, with the values each can take.
import type { FlowDocument, FlowNode } from './flow';
import { at, listOf, isObject, steps, textOf, type Json, type JsonObject } from './json';
import {
  choicesOf,
  eventsOf,
  isAlias,
  operandsOf,
  operatorsOf,
  type Choice,
  type Language,
  type NodeTypes,
  type Operand,
  type Operator,
} from './schema';
import { answering, happened, spoken, titleOfNode, variablesOf } from './template';

/** An operand as an author picks it: what kind of value it has, and which values, where they are known. */
export type Subject = { id: string; title: string; group: string; type: string; choices: Choice[] | null; history: boolean; verbs: JsonObject };

type Around = { document: FlowDocument; types: NodeTypes; language: Language };

export function subjectsOf({ document, types, language }: Around): Subject[] {
  return operandsOf(types, language).flatMap((operand): Subject[] => {
    const subject = (id: string, title: string, more: Partial<Subject> = {}): Subject => ({
      id,
      title,
      group: groupOf(id),
      type: operand.type,
      choices: choicesFor(types, operand, language),
      history: operand.about['x-history'] !== undefined,
      verbs: verbsOf(operand, language),
      ...more,
    });
    if (!operand.id.endsWith('*')) return [subject(operand.id, operand.title)];
    const stem = operand.id.slice(0, -1);
    return membersOf(operand, { document, types, language }).map(({ value, title, ...more }) =>
      subject(stem + value, `${operand.title}: ${title}`, { choices: null, ...membersChoices(types, operand, language), ...more }),
    );
  });
}

/** The subject that a test names, also where the account or the flow no longer has it. */
export function subjectOf(id: string, subjects: Subject[], { types, language }: Omit<Around, 'document'>): Subject {
  const known = subjects.find((each) => each.id === id);
  if (known !== undefined) return known;
  const family = operandsOf(types, language).find((each) => each.id.endsWith('*') && id.startsWith(each.id.slice(0, -1)));
  const rest = family === undefined ? id : id.slice(family.id.length - 1);
  return {
    id,
    title: family === undefined ? id : `${family.title}: ${spoken(rest)}`,
    group: groupOf(id),
    type: family?.type ?? 'any',
    choices: null,
    history: family?.about['x-history'] !== undefined,
    verbs: family === undefined ? {} : verbsOf(family, language),
  };
}

/** The operators that fit, in the words of this subject; looks at the past only where the past is kept. */
export function operatorsFor(subject: Subject, types: NodeTypes, language: Language): Operator[] {
  return operatorsOf(types, language)
    .filter((each) => each.types.includes(subject.type) && (!each.history || subject.history))
    .map((each) => ({ ...each, title: textOf(subject.verbs[each.id]) || each.title }));
}

type Member = Choice & { type?: string; choices?: Choice[] | null };

function membersOf(operand: Operand, around: Around): Member[] {
  const { document, types, language } = around;
  if (operand.reference !== '') {
    return (types.things?.[operand.reference] ?? [])
      .filter((thing) => !isAlias(thing))
      .map((thing) => ({ value: thing.slug, title: thing.name, ...ofField(types, thing) }));
  }
  const names = textOf(operand.about['x-names-from']);
  if (names === 'x-events') return eventsOf(types, language).filter((event) => event.awaited).map(({ id, title }) => ({ value: id, title }));
  if (names !== '') {
    const source = operandsOf(types, language).find((each) => each.id === names);
    return source === undefined ? [] : choicesOf(source.about, language);
  }
  switch (operand.id) {
    case 'answers.*':
      return answering(document, types).map((node) => ({
        value: node.id,
        title: titleOfNode(node, types, language),
        ...typed(answerType(types, node)),
      }));
    case 'vars.*': {
      const declared = new Map((document.variables ?? []).map((each) => [each.name, each.type ?? 'text']));
      return variablesOf(document, types).map((name) => ({ value: name, title: spoken(name), ...typed(declared.get(name) ?? '') }));
    }
    case 'event.data.*':
      return happened(document, types, language).map(({ expression, title }) => ({ value: expression.split('.').at(-1) ?? '', title }));
    default:
      return [];
  }
}

/** Types of fields, variables and answers as the operators know them. */
const KINDS: Record<string, string> = {
  text: 'text',
  long_text: 'text',
  url: 'text',
  email: 'text',
  phone: 'text',
  name: 'text',
  number: 'number',
  integer: 'number',
  money: 'number',
  rating: 'number',
  date: 'date',
  date_time: 'date_time',
  time: 'time',
  yes_no: 'yes_no',
  choice: 'choice',
  choices: 'list',
  user: 'choice',
  list: 'list',
};

function typed(type: string): { type?: string } {
  const kind = KINDS[type];
  return kind === undefined ? {} : { type: kind };
}

/** A field is compared as its type says, with its own choices. */
function ofField(types: NodeTypes, thing: JsonObject): Partial<Member> {
  const type = textOf(thing['type']);
  if (type === '') return {};
  const choices = listOf(thing['choices']).filter(isObject).map((each) => ({ value: textOf(each['slug']), title: textOf(each['name']) }));
  if (type === 'user') return { ...typed(type), choices: things(types, 'user') };
  return { ...typed(type), choices: choices.length > 0 ? choices : null };
}

function answerType(types: NodeTypes, node: FlowNode): string {
  const type = textOf(types.types[node.type]?.['x-answer-type']);
  return type.startsWith('/') ? textOf(at(node.params, steps(type))) : type;
}

/** What stands at the right of a single operand: its own values, else the things it refers to. */
function choicesFor(types: NodeTypes, operand: Operand, language: Language): Choice[] | null {
  if (operand.about['enum'] !== undefined) return choicesOf(operand.about, language);
  return operand.reference === '' ? null : things(types, operand.reference);
}

/** A family's reference names its members; its values can only be listed. */
function membersChoices(types: NodeTypes, operand: Operand, language: Language): { choices?: Choice[] | null } {
  return operand.about['enum'] === undefined ? {} : { choices: choicesFor(types, operand, language) };
}

function things(types: NodeTypes, kind: string): Choice[] {
  const all = types.things?.[kind] ?? [];
  const pipelines = new Map((types.things?.['pipeline'] ?? []).map((each) => [each.slug, each.name]));
  return all
    .filter((each) => !isAlias(each))
    .map((each) => ({ value: each.slug, title: kind === 'stage' ? `${pipelines.get(textOf(each['pipeline'])) ?? ''} › ${each.name}` : each.name }));
}

function verbsOf(operand: Operand, language: Language): JsonObject {
  const translated = at(operand.about, ['x-i18n', language, 'x-operators']);
  const english = operand.about['x-operators'];
  return isObject(translated) ? translated : isObject(english) ? english : {};
}

/** The first word of an operand; what the flow itself keeps stands together. */
function groupOf(id: string): string {
  const [first = ''] = id.split('.');
  if (['answers', 'vars', 'event', 'message'].includes(first)) return 'flow';
  return ['queue', 'agents'].includes(first) ? 'hours' : first;
}

/** A value as a person typed it, as its subject wants it: numbers as numbers, where it is not a template. */
export function meant(text: string, type: string): Json {
  const number = Number(text.replace(',', '.'));
  return type === 'number' && text.trim() !== '' && Number.isFinite(number) ? number : text;
}
