// Which rows came since the list was first seen, so that they can show it for a moment.
import { useEffect, useState } from 'react';

type Seen = { list: string; known: ReadonlySet<string>; fresh: ReadonlySet<string> };
const NONE: ReadonlySet<string> = new Set();

/** `ids` is null while the list is not there yet; `list` says which list it is. */
export function useFresh(list: string, ids: readonly string[] | null): ReadonlySet<string> {
  const [seen, setSeen] = useState<Seen | null>(null);
  const key = ids?.join(' ') ?? null;
  useEffect(() => {
    if (key === null) return;
    const now = key === '' ? [] : key.split(' ');
    setSeen((before) => {
      if (before?.list !== list) return { list, known: new Set(now), fresh: NONE };
      const fresh = now.filter((id) => !before.known.has(id));
      return fresh.length === 0 ? before : { list, known: new Set([...before.known, ...now]), fresh: new Set(fresh) };
    });
  }, [list, key]);
  return seen?.list === list ? seen.fresh : NONE;
}
