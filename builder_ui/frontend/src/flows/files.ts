// Flows as files: written to the disk, read from it.
import type { FlowDocument } from '../document/flow';
import { isObject, type Json } from '../document/json';

export type File = { name: string; text: string };

export function fileOf(document: FlowDocument): File {
  return { name: `${document.key}.json`, text: `${JSON.stringify(document, null, 2)}\n` };
}

export function download({ name, text }: File): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** The flow in a file's text; null when it is none. The server checks the rest. */
export function readFlow(text: string): { name: string; kind: string; document: Json } | null {
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(value) || value['format'] !== 'flowengine/flow' || typeof value['name'] !== 'string') return null;
  return { name: value['name'], kind: typeof value['kind'] === 'string' ? value['kind'] : 'chatbot', document: value };
}
