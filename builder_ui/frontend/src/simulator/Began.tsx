// Before the first turn: what to do, and what starts this flow as buttons.
import { Button } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useBuilder } from '../builder/store';
import { textOf, textsOf, type JsonObject } from '../document/json';
import { eventsOf, type Language, type NodeTypes } from '../document/schema';
import { useAct } from './Talk';
import type { Act } from './rehearsal-api';

type Start = { title: string; act: Act };

export function Began() {
  const { t } = useTranslation('simulator');
  const nodes = useBuilder((builder) => builder.edited.document.nodes);
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const act = useAct();
  const triggers = nodes.filter((node) => node.type === 'trigger').map((node) => node.params);
  const starts = triggers.flatMap((params) => startsOf(params, types, language, t('hello')));
  const all = starts.length > 0 ? starts : [{ title: t('hello'), act: { says: t('hello') } }];
  return (
    <div className="sim-began">
      <p>{t('began')}</p>
      <div className="sim-buttons">
        {[...new Map(all.map((start) => [start.title, start])).values()].slice(0, 6).map((start) => (
          <Button key={start.title} size="xs" leftSection={'happens' in start.act ? <IconBolt size={14} /> : undefined} onClick={() => act(start.act)}>
            {start.title}
          </Button>
        ))}
      </div>
    </div>
  );
}

/** The events besides messages that some step of this flow listens for. */
export function useHappenings(): Start[] {
  const nodes = useBuilder((builder) => builder.edited.document.nodes);
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const all = nodes.flatMap((node) => startsOf(node.params, types, language, '')).filter((start) => 'happens' in start.act);
  return [...new Map(all.map((start) => [start.title, start])).values()];
}

/** What this step listens for: words to say, or the event itself with the details it asks for. */
function startsOf(params: JsonObject, types: NodeTypes, language: Language, hello: string): Start[] {
  const event = textOf(params['event']);
  if (event === 'message.received') return [{ title: hello, act: { says: hello } }];
  if (event === 'keyword') return textsOf(params['terms']).slice(0, 2).map((term) => ({ title: term, act: { says: term } }));
  const title = eventsOf(types, language).find((each) => each.id === event)?.title ?? event;
  return event === '' ? [] : [{ title, act: { happens: event, data: dataFor(params) } }];
}

/** The details of an event that a trigger with these params is for. */
export function dataFor(params: JsonObject): JsonObject {
  const details: Record<string, string> = { deal_field: 'field', from_value: 'from', to_value: 'to', from_stage: 'from', to_stage: 'to' };
  const plain = ['field', 'tag', 'segment', 'pipeline', 'stage', 'team', 'reason', 'hook', 'source', 'payload', 'page', 'link'];
  const named = Object.entries(params).filter(([name, value]) => (plain.includes(name) || name in details) && value !== '' && value !== 'any');
  return Object.fromEntries(named.map(([name, value]) => [details[name] ?? name, value]));
}
