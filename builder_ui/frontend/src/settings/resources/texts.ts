// Texts that others approve, and models that write them: message templates, AI endpoints.
import { IconSparkles, IconTemplate } from '@tabler/icons-react';
import { isObject, listOf, textOf, type JsonObject } from '../../document/json';
import { form, like, lines, NAME, oneOf, prop, ref, rows, SLUG, text, whole } from '../describe';
import type { Resource } from '../resource';

const STATUS = oneOf({
  draft: ['Rascunho', 'Draft'],
  pending: ['Em análise', 'Pending'],
  approved: ['Aprovado', 'Approved'],
  paused: ['Pausado', 'Paused'],
  rejected: ['Recusado', 'Rejected'],
});

export const templates: Resource = {
  id: 'templates',
  icon: IconTemplate,
  path: '/templates',
  list: 'templates',
  key: 'slug',
  kind: 'template',
  edit: 'edit texts',
  schema: form(
    {
      name: NAME,
      header: prop(['Título da mensagem', 'Header'], text({ maxLength: 60 })),
      body: prop(['Texto', 'Text'], lines({ maxLength: 1024, ...like('Olá, {{nome}}! Seu pedido saiu para entrega.', 'Hello, {{name}}! Your order is on its way.') }), [
        'O que muda a cada envio fica entre chaves: {{nome}}.',
        'What differs each time stands in braces: {{name}}.',
      ]),
      parameters: prop(
        ['Exemplos dos parâmetros', 'Examples of the parameters'],
        rows(
          form({ name: prop(['Parâmetro', 'Parameter'], text({ readOnly: true })), example: prop(['Exemplo', 'Example'], text({ maxLength: 200 })) }, ['name']),
          { 'x-widget': 'given' },
        ),
      ),
      footer: prop(['Rodapé', 'Footer'], text({ maxLength: 60 })),
      buttons: prop(
        ['Botões', 'Buttons'],
        rows(
          form(
            {
              kind: prop(['Tipo', 'Kind'], {
                ...oneOf({ reply: ['Resposta', 'Reply'], url: ['Link', 'Link'], phone: ['Telefone', 'Phone'], code: ['Código', 'Code'] }),
                default: 'reply',
              }),
              text: prop(['Texto', 'Text'], text({ maxLength: 25 })),
              value: prop(['Endereço, número ou código', 'Address, number or code'], text({ maxLength: 2000, 'x-show-if': { kind: ['url', 'phone', 'code'] } })),
            },
            ['kind', 'text'],
          ),
          { maxItems: 10, 'x-advanced': true },
        ),
      ),
      status: prop(['Situação', 'Status'], { ...STATUS, default: 'draft' }),
      category: prop(['Categoria', 'Category'], {
        ...oneOf({ marketing: ['Marketing', 'Marketing'], utility: ['Utilidade', 'Utility'], authentication: ['Autenticação', 'Authentication'] }),
        default: 'utility',
      }),
      channel: prop(['Canal', 'Channel'], ref('channel'), ['Vazio: qualquer um.', 'Empty: any.']),
      language: prop(['Idioma', 'Language'], {
        ...oneOf({ 'pt-BR': ['Português (Brasil)', 'Portuguese (Brazil)'], en: ['Inglês', 'English'] }),
        default: 'pt-BR',
        'x-advanced': true,
      }),
      slug: SLUG,
    },
    ['name', 'body'],
  ),
  fixed: ['slug'],
  columns: ['name', 'body', 'status'],
  tidy: (value) => ({ ...value, parameters: parametersOf(value) }),
};

/** A row a parameter that header and body have, in their order, with the example it had. */
export function parametersOf(template: JsonObject): JsonObject[] {
  const said = `${textOf(template['header'])} ${textOf(template['body'])}`;
  const names = [...new Set([...said.matchAll(/\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g)].map((match) => match[1] ?? ''))];
  const before = listOf(template['parameters']).filter(isObject);
  return names.map((name) => before.find((each) => each['name'] === name) ?? { name, example: '' });
}

export const ai: Resource = {
  id: 'ai',
  icon: IconSparkles,
  path: '/ai',
  list: 'ai',
  key: 'slug',
  kind: 'ai',
  edit: 'manage account',
  schema: form(
    {
      name: NAME,
      url: prop(['Endereço', 'Address'], text({ maxLength: 2000, ...like('https://ia.exemplo.com.br/v1', 'https://ai.example.com/v1') }), [
        'Qualquer serviço que fale o protocolo da OpenAI; /chat/completions é acrescentado.',
        'Any service that speaks OpenAI’s protocol; /chat/completions is added.',
      ]),
      model: prop(['Modelo', 'Model'], text({ maxLength: 200 })),
      secret: prop(['Segredo com a chave', 'Secret with the key'], ref('secret'), ['Vazio: sem chave.', 'Empty: no key.']),
      max_tokens: prop(['Resposta mais longa', 'Longest answer'], whole({ minimum: 1, maximum: 1_000_000, default: 1000, 'x-unit': 'tokens' })),
      slug: SLUG,
    },
    ['name', 'url', 'model'],
  ),
  fixed: ['slug'],
  columns: ['name', 'model', 'url'],
};
