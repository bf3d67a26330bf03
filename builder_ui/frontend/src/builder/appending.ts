// A new step after the selected one: under it where it has one way out, beside it where it branches.
import { cardsOf, heightOf } from '../document/drawing';
import { append, newNode, openPort } from '../document/edits';
import { nodeById } from '../document/flow';
import { freePlace, placeAfter } from '../document/layout';
import { mayEnter } from '../document/schema';
import type { Builder } from './store';

/** Without a selection after the last. */
export function appendAfterSelected(state: Builder, type: string): void {
  const { edited, types, language, selected, change, open, look } = state;
  const { document } = edited;
  const [id] = selected;
  const after = nodeById(document, id ?? document.nodes.at(-1)?.id ?? '');
  const port = after === undefined || !mayEnter(types.types[type]) ? undefined : openPort(document, types, after);
  const cards = cardsOf(document, types, language);
  const card = after === undefined ? undefined : cards.get(after.id);
  const wanted = placeAfter(card);
  const fresh = newNode(document, types, type, wanted);
  const height = heightOf(fresh, document, types, language);
  const node = { ...fresh, position: freePlace(wanted, height, [...cards.values()].map((each) => each.box)) };
  change(append(document, types, node, after === undefined || port === undefined ? null : { source: after.id, port }));
  open(node.id);
  look([node.id]);
}
