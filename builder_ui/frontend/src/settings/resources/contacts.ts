// What is known of contacts and deals: fields, segments, pipelines.
import { IconFilter, IconForms, IconLayoutKanban } from '@tabler/icons-react';
import { api, Refused } from '../../api';
import { isObject, listOf, textOf, type JsonObject } from '../../document/json';
import type { Schema } from '../../document/schema';
import { DESCRIPTION, flag, form, NAME, oneOf, prop, rows, SLUG, text, when, whole } from '../describe';
import { addressOf, filled, type AskSuccessors, type Resource } from '../resource';

const TYPE = oneOf({
  text: ['Texto', 'Text'],
  long_text: ['Texto longo', 'Long text'],
  number: ['Número', 'Number'],
  integer: ['Número inteiro', 'Whole number'],
  money: ['Dinheiro', 'Money'],
  date: ['Data', 'Date'],
  date_time: ['Data e hora', 'Date and time'],
  time: ['Hora', 'Time'],
  yes_no: ['Sim ou não', 'Yes or no'],
  choice: ['Uma escolha', 'One choice'],
  choices: ['Várias escolhas', 'Several choices'],
  user: ['Pessoa da conta', 'Person of the account'],
  url: ['Link', 'Link'],
});

const isOfDeals = (field: JsonObject) => field['of'] === 'deal';

export const fields: Resource = {
  id: 'fields',
  icon: IconForms,
  path: '/fields',
  list: 'fields',
  key: 'slug',
  kind: (field) => (isOfDeals(field) ? 'deal_field' : 'field'),
  edit: 'manage account',
  schema: form(
    {
      name: NAME,
      of: prop(['De', 'Of'], { ...oneOf({ contact: ['Contatos', 'Contacts'], deal: ['Negócios', 'Deals'] }), default: 'contact' }),
      type: prop(['Tipo', 'Type'], { ...TYPE, default: 'text' }),
      choices: prop(
        ['Escolhas', 'Choices'],
        rows(
          form({ name: prop(['Nome', 'Name'], text({ maxLength: 200 })), slug: prop(['Identificador', 'Identifier'], text({ maxLength: 64 })) }, ['name']),
          when({ type: ['choice', 'choices'] }),
        ),
      ),
      description: DESCRIPTION,
      required: prop(['Obrigatório', 'Required'], flag({ 'x-advanced': true })),
      unique: prop(['Sem repetir', 'No two alike'], flag({ 'x-advanced': true })),
      in_form: prop(['No formulário', 'In the form'], flag({ default: true, 'x-advanced': true })),
      slug: SLUG,
    },
    ['name', 'of', 'type'],
  ),
  fixed: ['slug', 'of', 'type'],
  columns: ['name', 'of', 'type', 'slug'],
  start: { of: 'contact', type: 'text', in_form: true },
  query: (field) => `?of=${isOfDeals(field) ? 'deal' : 'contact'}`,
};

export const segments: Resource = {
  id: 'segments',
  icon: IconFilter,
  path: '/segments',
  list: 'segments',
  key: 'slug',
  kind: 'segment',
  edit: 'manage account',
  schema: form(
    { name: NAME, definition: prop(['Quem está nele', 'Who is in it'], { type: 'object', 'x-widget': 'condition' }), description: DESCRIPTION, slug: SLUG },
    ['name', 'definition'],
  ),
  fixed: ['slug'],
  columns: ['name', 'description', 'slug'],
  start: { definition: { left: '', op: 'is_true' } },
  looksAt: (operand) => operand.startsWith('contact.'),
};

const STAGE: Schema = {
  ...prop(['Etapa', 'Stage'], {}),
  ...form(
  {
    name: prop(['Nome', 'Name'], text({ maxLength: 200 })),
    kind: prop(['Nela o negócio está', 'In it the deal is'], {
      ...oneOf({ open: ['em aberto', 'open'], won: ['ganho', 'won'], lost: ['perdido', 'lost'] }),
      default: 'open',
    }),
    probability: prop(['Chance de ganho', 'Chance of winning'], whole({ minimum: 0, maximum: 100, 'x-unit': '%' })),
  },
  ['name', 'kind'],
  ),
};

export const pipelines: Resource = {
  id: 'pipelines',
  icon: IconLayoutKanban,
  path: '/pipelines',
  list: 'pipelines',
  key: 'slug',
  kind: 'pipeline',
  edit: 'manage account',
  schema: form({ name: NAME, stages: prop(['Etapas, em ordem', 'Stages, in order'], rows(STAGE, { minItems: 1, 'x-widget': 'options' })), slug: SLUG }, ['name', 'stages']),
  fixed: ['slug'],
  columns: ['name', 'stages', 'slug'],
  start: {
    stages: [
      { name: 'Novo', kind: 'open', probability: 10 },
      { name: 'Ganho', kind: 'won', probability: 100 },
      { name: 'Perdido', kind: 'lost', probability: 0 },
    ],
  },
  save: async (value, before, ask) => {
    if (before === null) return api.post('/pipelines', filled(value));
    if (value['name'] !== before['name']) await api.patch(addressOf(pipelines, before), { name: textOf(value['name']) });
    return putStages(value, before, ask);
  },
};

/** All stages at once; where one that goes is used the author says which takes its place. */
async function putStages(value: JsonObject, before: JsonObject, ask: AskSuccessors): Promise<JsonObject> {
  const stages = stagesOf(value);
  const send = (successors: Record<string, string>) => api.put<JsonObject>(`${addressOf(pipelines, before)}/stages`, { stages, successors });
  try {
    return await send({});
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'in_use') throw error;
    const kept = stages.map((stage) => textOf(stage['slug']));
    const gone = stagesOf(before).filter((stage) => !kept.includes(textOf(stage['slug'])));
    const successors = await ask(gone.map(shortOf), stages.filter((stage) => textOf(stage['slug']) !== '').map(shortOf));
    if (successors === null) throw error;
    return send(successors);
  }
}

function stagesOf(pipeline: JsonObject): JsonObject[] {
  return listOf(pipeline['stages']).filter(isObject);
}

function shortOf(stage: JsonObject) {
  return { slug: textOf(stage['slug']), name: textOf(stage['name']) };
}
