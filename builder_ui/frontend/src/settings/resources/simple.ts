// Things that are little more than a name: tags, reasons, secrets, constants, aliases, snippets, portfolios.
import { IconBriefcase, IconFlag, IconKey, IconMessage2Bolt, IconReplace, IconTag, IconVariable } from '@tabler/icons-react';
import { api } from '../../api';
import { textOf } from '../../document/json';
import { DESCRIPTION, form, like, lines, NAME, oneOf, prop, ref, refs, SLUG, text, when } from '../describe';
import type { Resource } from '../resource';

export const tags: Resource = {
  id: 'tags',
  icon: IconTag,
  path: '/tags',
  list: 'tags',
  key: 'slug',
  kind: 'tag',
  edit: 'manage account',
  schema: form({ name: { ...NAME, maxLength: 50 }, color: prop(['Cor', 'Colour'], text({ 'x-widget': 'color' })), slug: SLUG }, ['name', 'color']),
  fixed: ['slug'],
  columns: ['name', 'uses_contacts', 'slug'],
  shown: { uses_contacts: prop(['Contatos', 'Contacts'], { type: 'integer' }) },
  start: { color: '#2f7d6b' },
};

export const reasons: Resource = {
  id: 'reasons',
  icon: IconFlag,
  path: '/reasons',
  list: 'reasons',
  key: 'slug',
  kind: 'reason',
  edit: 'manage account',
  schema: form(
    {
      name: NAME,
      kind: prop(['Serve para', 'Used for'], {
        ...oneOf({
          resolved: ['Conversa resolvida', 'Conversation resolved'],
          lost: ['Negócio perdido', 'Deal lost'],
          other: ['Outro', 'Other'],
        }),
        default: 'other',
      }),
      slug: SLUG,
    },
    ['name'],
  ),
  fixed: ['slug'],
  columns: ['name', 'kind', 'slug'],
};

export const snippets: Resource = {
  id: 'snippets',
  icon: IconMessage2Bolt,
  path: '/snippets',
  list: 'snippets',
  key: 'slug',
  kind: 'snippet',
  edit: 'edit texts',
  schema: form(
    {
      name: NAME,
      text: prop(['Texto', 'Text'], lines({ maxLength: 4096 })),
      visible_to: prop(['Quem usa', 'Who uses it'], {
        ...oneOf({ me: ['Só eu', 'Only me'], team: ['Uma equipe', 'A team'], everyone: ['Todos', 'Everybody'] }),
        default: 'everyone',
      }),
      team: prop(['Equipe', 'Team'], ref('team', when({ visible_to: 'team' }))),
      slug: SLUG,
    },
    ['name', 'text'],
  ),
  fixed: ['slug'],
  columns: ['name', 'text', 'visible_to'],
};

export const portfolios: Resource = {
  id: 'portfolios',
  icon: IconBriefcase,
  path: '/portfolios',
  list: 'portfolios',
  key: 'slug',
  kind: 'portfolio',
  edit: 'manage account',
  schema: form(
    {
      name: NAME,
      kind: prop(
        ['De quem', 'Whose'],
        { ...oneOf({ one: ['De uma pessoa', 'One person’s'], several: ['De equipes', 'Teams’'] }), default: 'one' },
        ['Os contatos da carteira vão sempre para essa pessoa, ou para os atendentes dessas equipes.', 'Its contacts always go to that person, or to the agents of those teams.'],
      ),
      owner: prop(['Responsável', 'Owner'], ref('user', when({ kind: 'one' }))),
      teams: prop(['Equipes', 'Teams'], refs('team', when({ kind: 'several' }))),
      slug: SLUG,
    },
    ['name'],
  ),
  fixed: ['slug'],
  columns: ['name', 'kind', 'contacts'],
  shown: { contacts: prop(['Contatos', 'Contacts'], { type: 'integer' }) },
  start: { kind: 'one' },
};

const VARIABLE = prop(['Nome', 'Name'], text({ maxLength: 64, 'x-widget': 'variable_name', ...like('nome_da_loja', 'shop_name') }), [
  'Letras minúsculas, dígitos e _; os textos escrevem account.vars.<nome>. Não muda depois.',
  'Lower case letters, digits and _; texts write account.vars.<name>. It never changes.',
]);

export const constants: Resource = {
  id: 'constants',
  icon: IconVariable,
  path: '/constants',
  list: 'constants',
  key: 'name',
  kind: 'constant',
  edit: 'edit texts',
  schema: form(
    {
      name: VARIABLE,
      type: prop(['Tipo', 'Type'], {
        ...oneOf({ text: ['Texto', 'Text'], number: ['Número', 'Number'], yes_no: ['Sim ou não', 'Yes or no'], date: ['Data', 'Date'], list: ['Lista', 'List'] }),
        default: 'text',
      }),
      value: prop(['Valor', 'Value'], { 'x-widget': 'value' }),
      description: DESCRIPTION,
    },
    ['name', 'type', 'value'],
  ),
  fixed: ['name'],
  columns: ['name', 'value', 'description'],
  start: { type: 'text' },
  tidy: (value) => ({ ...value, ...fitting(textOf(value['type']), value['value']) }),
};

/** A value of another type than the chosen one is of no use. */
function fitting(type: string, value: unknown): { value: null } | object {
  const fits: Record<string, boolean> = {
    text: typeof value === 'string',
    date: typeof value === 'string',
    number: typeof value === 'number',
    yes_no: typeof value === 'boolean',
    list: Array.isArray(value),
  };
  return value === undefined || fits[type] === true ? {} : { value: null };
}

export const secrets: Resource = {
  id: 'secrets',
  icon: IconKey,
  path: '/secrets',
  list: 'secrets',
  key: 'name',
  kind: 'secret',
  edit: 'manage account',
  schema: form(
    {
      name: prop(['Nome', 'Name'], text({ maxLength: 64, 'x-widget': 'slug', ...like('loja_token', 'shop_token') }), [
        'Letras minúsculas, dígitos, - e _; os fluxos o chamam assim. Não muda depois.',
        'Lower case letters, digits, - and _; flows call it so. It never changes.',
      ]),
      value: prop(['Valor', 'Value'], text({ maxLength: 10_000, 'x-widget': 'password' }), [
        'É guardado cifrado e nunca mais aparece. Um novo valor substitui o anterior.',
        'Kept encrypted and never shown again. A new value replaces the old one.',
      ]),
      description: DESCRIPTION,
      expires_on: prop(['Vale até', 'Good until'], text({ 'x-widget': 'date' }), [
        'Se você souber: quem opera a instalação é avisado 14 e 3 dias antes.',
        'If you know: who runs the installation is told 14 and 3 days before.',
      ]),
    },
    ['name'],
  ),
  fixed: ['name'],
  columns: ['name', 'description', 'expires_on', 'used_at'],
  shown: { used_at: prop(['Usado', 'Used'], { type: 'string', format: 'date-time' }) },
};

export const aliases: Resource = {
  id: 'aliases',
  icon: IconReplace,
  path: '/aliases',
  list: 'aliases',
  key: 'alias',
  kind: null,
  edit: 'manage account',
  schema: form(
    {
      kind: prop(['O que é', 'What it is'], {
        ...oneOf({
          team: ['Equipe', 'Team'],
          user: ['Pessoa', 'Person'],
          tag: ['Etiqueta', 'Tag'],
          field: ['Campo do contato', 'Contact’s field'],
          deal_field: ['Campo do negócio', 'Deal’s field'],
          segment: ['Segmento', 'Segment'],
          pipeline: ['Funil', 'Pipeline'],
          stage: ['Etapa do funil', 'Stage'],
          template: ['Modelo', 'Template'],
          snippet: ['Resposta rápida', 'Snippet'],
          portfolio: ['Carteira', 'Portfolio'],
          reason: ['Motivo', 'Reason'],
          secret: ['Segredo', 'Secret'],
          ai: ['Modelo de IA', 'AI model'],
          constant: ['Constante', 'Constant'],
          channel: ['Canal', 'Channel'],
          flow: ['Fluxo', 'Flow'],
        }),
        default: 'team',
      }),
      alias: prop(['Apelido', 'Alias'], text({ 'x-widget': 'slug', maxLength: 165, ...like('comercial', 'sales') }), [
        'Como os documentos colados chamam a coisa.',
        'How pasted documents call the thing.',
      ]),
      target: prop(['Vale por', 'Stands for'], { type: 'string', 'x-widget': 'thing' }),
    },
    ['kind', 'alias', 'target'],
  ),
  fixed: ['kind', 'alias'],
  columns: ['alias', 'kind', 'target'],
  start: { kind: 'team' },
  query: (thing) => `?kind=${textOf(thing['kind'])}`,
  save: (value) => api.post('/aliases', value),
  remove: (thing) => api.delete(`/aliases?kind=${textOf(thing['kind'])}&alias=${encodeURIComponent(textOf(thing['alias']))}`),
};
