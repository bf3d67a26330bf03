// What steps and ways out are called where two versions are spoken of: as the draft says, else as the earlier one did.
import { nodeById, type FlowDocument } from '../document/flow';
import { portsOf } from '../document/ports';
import type { Language, NodeTypes } from '../document/schema';
import { nameOfNode } from '../document/template';

export type Names = { step: (id: string) => string; way: (node: string, port: string) => string };

/** `drawn` are the versions in which a step is looked for, the first that has it wins. */
export function namesIn(drawn: FlowDocument[], types: NodeTypes, language: Language): Names {
  const of = (id: string) => drawn.find((document) => nodeById(document, id) !== undefined);
  return {
    step: (id) => {
      const document = of(id);
      return document === undefined ? id : nameOfNode(document, types, id, language);
    },
    way: (id, port) => {
      for (const document of drawn) {
        const node = nodeById(document, id);
        const found = node === undefined ? undefined : portsOf(node, types, language, document, new Set()).find((each) => each.id === port);
        if (found !== undefined) return found.title;
      }
      return port;
    },
  };
}
