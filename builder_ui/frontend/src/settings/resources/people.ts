// Who works here and when: people, teams, business hours.
import { IconClockHour4, IconUser, IconUsersGroup } from '@tabler/icons-react';
import { api } from '../../api';
import { textOf, type JsonObject } from '../../document/json';
import { flag, form, lines, NAME, oneOf, prop, ref, refs, rows, SLUG, text } from '../describe';
import type { Resource } from '../resource';

const ROLE = oneOf({
  administrator: ['Administração', 'Administrator'],
  supervisor: ['Supervisão', 'Supervisor'],
  agent: ['Atendimento', 'Agent'],
  restricted: ['Atendimento restrito', 'Restricted agent'],
  builder: ['Fluxos', 'Builder'],
  viewer: ['Leitura', 'Viewer'],
});

export const users: Resource = {
  id: 'users',
  icon: IconUser,
  path: '/users',
  list: 'users',
  key: 'slug',
  kind: 'user',
  edit: null,
  schema: form({ name: NAME, role: prop(['Papel', 'Role'], ROLE), teams: prop(['Equipes', 'Teams'], refs('team')), slug: SLUG }, []),
  fixed: [],
  columns: ['name', 'role', 'teams', 'slug'],
};

export const teams: Resource = {
  id: 'teams',
  icon: IconUsersGroup,
  path: '/teams',
  list: 'teams',
  key: 'slug',
  kind: 'team',
  edit: 'manage account',
  schema: form(
    {
      name: NAME,
      members: prop(
        ['Pessoas', 'People'],
        rows(
          form(
            {
              user: prop(['Pessoa', 'Person'], ref('user')),
              agent: prop(['Atende', 'Answers'], flag({ default: true, 'x-half': true })),
              supervisor: prop(['Lidera', 'Leads'], flag({ 'x-half': true })),
            },
            ['user'],
          ),
        ),
      ),
      access: prop(['Quem vê as conversas', 'Who sees the conversations'], {
        ...oneOf({ everyone: ['Todos', 'Everybody'], team: ['A equipe', 'The team'], agent: ['Só quem atende', 'Only who answers'] }),
        default: 'team',
      }),
      hours: prop(['Horário', 'Hours'], { type: 'string', 'x-ref': 'hours', 'x-widget': 'ref' }, ['Vazio: o da conta.', 'Empty: the account’s.']),
      texts: prop(['O que o contato lê', 'What the contact reads'], {
        type: 'object',
        'x-advanced': true,
        'x-widget': 'group',
        properties: {
          closed: prop(['Fora do horário', 'Outside the hours'], lines({ maxLength: 4096 })),
          busy: prop(['Com todos ocupados', 'While everybody is busy'], lines({ maxLength: 4096 })),
        },
      }),
      is_default: prop(['Equipe padrão', 'Default team'], flag({ 'x-advanced': true }), [
        'Recebe o que nenhuma outra pode receber. Há sempre uma.',
        'Takes what no other can. There is always one.',
      ]),
      slug: SLUG,
    },
    ['name'],
  ),
  fixed: ['slug'],
  columns: ['name', 'people', 'queued', 'slug'],
  shown: { people: prop(['Pessoas', 'People'], { type: 'integer' }), queued: prop(['Na fila', 'Queued'], { type: 'integer' }) },
  read: async (thing) => {
    const team = await api.get<JsonObject & { members: JsonObject[] }>(`/teams/${textOf(thing['slug'])}/settings`);
    return { ...team, members: team.members.map(({ user = '', agent = true, supervisor = false }) => ({ user, agent, supervisor })) };
  },
};

const SPANS = { type: 'array', 'x-widget': 'spans', items: {} };

export const hours: Resource = {
  id: 'hours',
  icon: IconClockHour4,
  path: '/hours',
  list: 'hours',
  key: 'slug',
  kind: null,
  edit: 'manage account',
  schema: form(
    {
      name: NAME,
      week: prop(['Semana', 'Week'], { type: 'object', 'x-widget': 'week' }),
      timezone: prop(['Fuso horário', 'Time zone'], text({ 'x-widget': 'timezone' })),
      holidays: prop(
        ['Feriados', 'Holidays'],
        rows({
          ...form(
            {
              date: prop(['Dia', 'Day'], text({ 'x-widget': 'date' })),
              name: prop(['Nome', 'Name'], text({ maxLength: 200 })),
              country: prop(['Feriados do país', 'Holidays of the country'], text({ maxLength: 2, examples: ['BR'] }), [
                'Em vez de um dia: todos os feriados nacionais (BR).',
                'Instead of a day: all national holidays (BR).',
              ]),
              region: prop(['E do estado', 'And of the state'], text({ maxLength: 10, examples: ['SP'] })),
              spans: prop(['Aberto', 'Open'], SPANS, ['Vazio: fechado o dia todo.', 'Empty: closed all day.']),
            },
            [],
          ),
        }),
      ),
      is_account_default: prop(['Horário da conta', 'The account’s hours'], flag(), [
        'Vale para as equipes que não têm o seu.',
        'Holds for teams that have none of their own.',
      ]),
      slug: SLUG,
    },
    ['name', 'week', 'timezone'],
  ),
  fixed: ['slug'],
  columns: ['name', 'timezone', 'is_account_default'],
  start: {
    timezone: 'America/Sao_Paulo',
    week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '18:00']]])),
  },
};
