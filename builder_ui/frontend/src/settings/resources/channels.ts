// Channels: their name, their team, how callbacks are sent. Who answers on one has a pane of its own.
import { IconMessages } from '@tabler/icons-react';
import { form, NAME, oneOf, prop, ref, when, whole } from '../describe';
import type { Resource } from '../resource';

const callbacks = when({ kind: 'http' });

export const channels: Resource = {
  id: 'channels',
  icon: IconMessages,
  path: '/channels',
  list: 'channels',
  key: 'key',
  kind: 'channel',
  edit: 'manage account',
  stays: true,
  answers: true,
  schema: form(
    {
      kind: prop(['Tipo', 'Kind'], oneOf({ http: ['HTTP genérico', 'Generic HTTP'], webchat: ['Chat do site', 'Web chat'] })),
      key: prop(['Chave', 'Key'], { type: 'string', 'x-widget': 'text' }),
      name: NAME,
      team: prop(['Equipe', 'Team'], ref('team'), [
        'Recebe as conversas deste canal; o horário é o dela.',
        'Gets the conversations of this channel; its hours count.',
      ]),
      per_second: prop(['Mensagens por segundo, no máximo', 'Messages a second, at most'], { type: 'number', 'x-widget': 'number', exclusiveMinimum: 0, maximum: 10_000, examples: [20], ...callbacks }, [
        'Mais do que 0, até 10.000. O que passa disso espera a sua vez. Vazio: sem limite.',
        'More than 0, up to 10,000. What is beyond waits its turn. Empty: no limit.',
      ]),
      together: prop(['Mensagens juntas em um callback', 'Messages together in one callback'], whole({ minimum: 1, maximum: 500, examples: [50], ...callbacks }), [
        'De 1 a 500: o callback leva uma lista. Vazio: cada mensagem vai sozinha.',
        'From 1 to 500: the callback holds a list. Empty: each message goes by itself.',
      ]),
    },
    ['name', 'team'],
  ),
  fixed: ['kind', 'key'],
  columns: ['name', 'kind', 'team', 'flows'],
  shown: { flows: prop(['Fluxos', 'Flows'], { type: 'array', items: { type: 'string' } }) },
};
