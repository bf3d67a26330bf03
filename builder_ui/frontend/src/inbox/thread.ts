// A timeline as it is drawn: rules between days and conversations, messages of one speaker closed up.
import type { EventItem, Item, MessageItem, NoteItem, TraceItem } from './types';
import { sameDay } from './words';

export type Drawn =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'opened'; key: string; at: string }
  | { kind: 'message'; key: string; item: MessageItem; follows: boolean }
  | { kind: 'note'; key: string; item: NoteItem }
  | { kind: 'event'; key: string; item: EventItem }
  | { kind: 'trace'; key: string; item: TraceItem };

export function draw(timeline: readonly Item[]): Drawn[] {
  const items = joined(timeline);
  return items.flatMap((item, index) => {
    const before = items[index - 1];
    const newDay = before === undefined || !sameDay(before.at, item.at);
    const opens = item.kind === 'event' && item.what === 'opened';
    const rule: Drawn[] = newDay && !opens ? [{ kind: 'day', key: `day ${item.id}`, at: item.at }] : [];
    return [...rule, drawn(item, before, newDay)];
  });
}

/** One card for all that a chatbot did before a person had a part in it, where its last part stands. */
function joined(items: readonly Item[]): Item[] {
  return items.reduceRight<Item[]>((later, item) => {
    if (item.kind !== 'trace') return [item, ...later];
    const place = later.findIndex((one) => !isBetweenBotAndContact(one));
    const next = later[place];
    if (next?.kind !== 'trace' || next.flow?.name !== item.flow?.name || next.flow?.number !== item.flow?.number) return [item, ...later];
    const both: TraceItem = { ...next, at: item.at, steps: [...item.steps, ...next.steps] };
    return later.with(place, both);
  }, []);
}

function isBetweenBotAndContact(item: Item): boolean {
  return (item.kind === 'message' && item.author !== 'agent') || (item.kind === 'event' && item.where === 'flow');
}

function drawn(item: Item, before: Item | undefined, newDay: boolean): Drawn {
  switch (item.kind) {
    case 'message': {
      const follows = !newDay && before?.kind === 'message' && before.author === item.author && before.by?.id === item.by?.id;
      return { kind: 'message', key: item.client_id ?? item.id, item, follows };
    }
    case 'event':
      return item.what === 'opened' ? { kind: 'opened', key: item.id, at: item.at } : { kind: 'event', key: item.id, item };
    case 'note':
      return { kind: 'note', key: item.id, item };
    case 'trace':
      return { kind: 'trace', key: item.id, item };
  }
}

/** What the sender has seen: the last thing of the conversation itself, not a rule or a card. */
export function lastSeen(items: readonly Item[]): string | null {
  return items.findLast((item) => item.kind === 'message')?.id ?? null;
}
