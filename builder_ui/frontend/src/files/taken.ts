// What channels take of a kind of file, in words: how large, which formats.
import { sizeShown } from '../ui/numbers';
import type { Kind, Limits, Taken } from './files-api';

const names: Record<string, string> = { 'image/jpeg': 'JPEG', 'audio/mpeg': 'MP3', 'audio/mp4': 'M4A', 'video/quicktime': 'MOV', 'video/3gpp': '3GP' };

export type Said = { channel: string; most: string | null; types: string[] };

/** One line a channel that has limits for this kind; channels that take the same stand together. */
export function saidOf(limits: Limits, kind: Kind, language: string): Said[] {
  const lines = new Map<string, Said>();
  for (const channel of limits.channels) {
    const taken = channel.media.find((each) => each.kind === kind);
    if (taken === undefined) continue;
    const said = { channel: channel.name, ...inWords(taken, limits.most, language) };
    if (said.most === null && said.types.length === 0) continue;
    const key = `${said.most ?? ''} ${said.types.join()}`;
    const same = lines.get(key);
    lines.set(key, same === undefined ? said : { ...said, channel: `${same.channel}, ${channel.name}` });
  }
  return [...lines.values()];
}

function inWords({ most, types }: Taken, here: number, language: string) {
  return { most: most === null || most >= here ? null : sizeShown(most, language), types: (types ?? []).map(formatOf) };
}

/** image/png → PNG */
export function formatOf(mime: string): string {
  const ending = mime.split('/')[1] ?? mime;
  return names[mime] ?? ending.replace(/^(x-|vnd\..*\.)/, '').toUpperCase();
}

/** For the chooser of files: what it offers first. */
export function acceptOf(kind: string): string | undefined {
  return kind === 'image' || kind === 'video' || kind === 'audio' ? `${kind}/*` : undefined;
}
