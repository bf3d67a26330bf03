// The fixes the checker offers, as changes of the document; one it invents later is simply not offered.
import type { Change } from '../document/changes';
import type { Finding } from '../document/flow';
import { isObject, listOf, textOf } from '../document/json';

export type Fix = { kind: 'removeEdge' | 'removeNode' | 'connect' | 'setParams' | 'setSettings'; change: Change; target: string };

export function fixFor(finding: Finding): Fix | null {
  const { fix } = finding;
  if (fix === null) return null;
  const source = textOf(fix['source']);
  const port = textOf(fix['port']);
  const target = textOf(fix['target']);
  switch (fix['kind']) {
    case 'removeEdge':
      return { kind: 'removeEdge', target, change: { kind: 'wire', source, port, target: null } };
    case 'connect':
      return { kind: 'connect', target, change: { kind: 'wire', source, port, target } };
    case 'removeNode':
      return { kind: 'removeNode', target, change: { kind: 'removeNodes', ids: [textOf(fix['node'] ?? fix['id'])] } };
    case 'setParams': {
      if (!isObject(fix['params'])) return null;
      const id = textOf(fix['node'] ?? fix['id']);
      const set: Change = { kind: 'setParams', id, params: fix['params'] };
      const unwire = listOf(fix['unwire']).map((port): Change => ({ kind: 'wire', source: id, port: textOf(port), target: null }));
      return { kind: 'setParams', target, change: unwire.length === 0 ? set : { kind: 'all', changes: [...unwire, set] } };
    }
    case 'setSettings':
      return isObject(fix['settings'])
        ? { kind: 'setSettings', target, change: { kind: 'setSettings', settings: fix['settings'] } }
        : null;
    default:
      return null;
  }
}
