// Flows as files: bundles, and flows alone, written to the disk and read from it.
import { canonical } from '../document/canonical';
import type { FlowDocument } from '../document/flow';
import { isObject, listOf, textOf, type Json, type JsonObject } from '../document/json';

export type File = { name: string; text: string };

export function fileOf(document: FlowDocument): File {
  return { name: `${document.key}.json`, text: canonical(document) };
}

/** The file of a bundle: by the flow in it, or by the day where there are several. */
export function fileOfBundle(bundle: JsonObject, keys: readonly string[], day: Date): File {
  const first = keys[0];
  const name = keys.length === 1 && first !== undefined ? first : `flows-${day.toISOString().slice(0, 10)}`;
  return { name: `${name}.bundle.json`, text: textOfFile(bundle) };
}

function textOfFile(value: JsonObject): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

export function download({ name, text }: File): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

export type Read = { kind: 'flows'; bundle: JsonObject } | { kind: 'nodes' } | { kind: 'none' };

/** The flows in a text, as far as one can tell by looking; nodes alone are pasted on a canvas. The server checks the rest. */
export function readFlows(text: string): Read {
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'none' };
  }
  if (!isObject(value)) return { kind: 'none' };
  switch (textOf(value['format'])) {
    case 'flowengine/flow':
      return { kind: 'flows', bundle: value };
    case 'flowengine/bundle':
      return listOf(value['flows']).length > 0 ? { kind: 'flows', bundle: value } : { kind: 'nodes' };
    case 'flowengine/nodes':
      return { kind: 'nodes' };
    default:
      return { kind: 'none' };
  }
}
