// Words that mean an option: which step offers options that understand more words, which of them does, and one word more.
import type { Change } from './changes';
import { nodeById, type FlowDocument, type FlowNode } from './flow';
import { isObject, listOf, objectOf, textOf, textsOf, type JsonObject } from './json';
import { numberAt, propertiesOf, type NodeTypes } from './schema';

export type Option = { id: string; title: string };
type Offer = { name: string; list: JsonObject[]; most: number; longest: number };

/** Without case, accents and the signs around: as the engine compares what is said with an option. */
export function bare(text: string): string {
  const folded = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return folded.split(/\s+/u).join(' ').replace(/^[\s.,;:!?()[\]*_"'\-–#]+|[\s.,;:!?()[\]*_"'\-–#]+$/gu, '');
}

/** The options of a step of which each may understand more words; null for a step that has none. */
export function optionsOf(types: NodeTypes, node: FlowNode | undefined): Option[] | null {
  const offer = offerOf(types, node);
  return offer === null ? null : offer.list.map((option) => ({ id: textOf(option['id']), title: textOf(option['title']) }));
}

/** The option that understands the words already, letter by letter. */
export function optionFor(types: NodeTypes, node: FlowNode | undefined, text: string): Option | null {
  const words = bare(text);
  const found = offerOf(types, node)?.list.find((option) => [textOf(option['id']), textOf(option['title']), ...textsOf(option['synonyms'])].some((each) => bare(each) === words));
  return found === undefined ? null : { id: textOf(found['id']), title: textOf(found['title']) };
}

/** Whether the words may stand among an option's: not too long, and the option not full. */
export function fits(types: NodeTypes, node: FlowNode | undefined, option: string, text: string): boolean {
  const offer = offerOf(types, node);
  const chosen = offer?.list.find((each) => textOf(each['id']) === option);
  if (offer === null || chosen === undefined) return false;
  const words = written(text);
  return words !== '' && [...words].length <= offer.longest && listOf(chosen['synonyms']).length < offer.most;
}

/** The option of the step understands the words too; null where the step or the option is not there, or has no room. */
export function withSynonym(document: FlowDocument, types: NodeTypes, id: string, option: string, text: string): Change | null {
  const node = nodeById(document, id);
  const offer = offerOf(types, node);
  if (node === undefined || offer === null || !fits(types, node, option, text)) return null;
  const list = offer.list.map((each) => (textOf(each['id']) === option ? { ...each, synonyms: [...listOf(each['synonyms']), written(text)] } : each));
  return { kind: 'setParams', id, params: { ...node.params, [offer.name]: list } };
}

function written(text: string): string {
  return text.trim().split(/\s+/u).join(' ');
}

/** The param that lists options with synonyms, wherever the schema has it. */
function offerOf(types: NodeTypes, node: FlowNode | undefined): Offer | null {
  const schema = node === undefined ? undefined : types.types[node.type];
  if (node === undefined || schema === undefined) return null;
  for (const { name, schema: property } of propertiesOf(types, schema)) {
    const synonyms = objectOf(objectOf(objectOf(property['items'])['properties'])['synonyms']);
    if (Object.keys(synonyms).length === 0) continue;
    const most = numberAt(synonyms, 'maxItems') ?? Infinity;
    return { name, list: listOf(node.params[name]).filter(isObject), most, longest: numberAt(objectOf(synonyms['items']), 'maxLength') ?? Infinity };
  }
  return null;
}
