// The node types from the repository's own schemas, and a small flow, for tests.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FlowDocument } from '../document/flow';
import type { NodeTypes, Schema } from '../document/schema';

const schemas = join(__dirname, '../../../../schemas');
const read = (path: string) => JSON.parse(readFileSync(join(schemas, path), 'utf8')) as Schema;
const definitions = read('definitions.json');

export const types: NodeTypes = {
  groups: definitions['x-groups'] as Schema[],
  types: Object.fromEntries(
    readdirSync(join(schemas, 'nodes')).map((file) => [file.replace('.json', ''), read(`nodes/${file}`)]),
  ),
  flow: read('flow.schema.json'),
  definitions,
};

export function flow(changes: Partial<FlowDocument> = {}): FlowDocument {
  return {
    format: 'flowengine/flow',
    format_version: 1,
    kind: 'chatbot',
    key: 'teste',
    name: 'Teste',
    settings: { default_team: 'suporte' },
    nodes: [
      { id: 'inicio', type: 'trigger', params: { event: 'message.received' }, position: { x: 0, y: 0 } },
      {
        id: 'ola',
        type: 'message',
        params: { parts: [{ kind: 'text', text: 'Olá, {{ contact.name | first_name }}!' }] },
        position: { x: 0, y: 106 },
      },
      {
        id: 'menu',
        type: 'menu',
        label: 'Como ajudar?',
        params: { text: 'Como?', options: [{ id: 'a', title: 'Vendas' }, { id: 'b', title: 'Suporte' }], save_to: 'motivo' },
        position: { x: 0, y: 300 },
      },
      { id: 'fim', type: 'end', params: { outcome: 'ok' }, position: { x: 324, y: 300 } },
    ],
    edges: [
      { source: 'inicio', port: 'next', target: 'ola' },
      { source: 'ola', port: 'next', target: 'menu' },
      { source: 'menu', port: 'a', target: 'fim' },
      { source: 'menu', port: 'b', target: 'ola' },
    ],
    ...changes,
  };
}
