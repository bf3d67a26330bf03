// Who else is typing in this conversation at present, by name, or null.
import { useEffect, useRef, useState } from 'react';
import { listen } from '../live';
import type { Item } from './types';

const LASTS = 8_000; // the sign is repeated while somebody goes on
const OVERTAKEN = 3_000; // a sign this soon after the contact's own message was sent before it

/** `me`: the member at this screen, whose own typing is no news to them. */
export function useTypist(conversation: string, contact: string, me: string, items: readonly Item[]): string | null {
  const [who, setWho] = useState<string | null>(null);
  const last = items.at(-1)?.id;
  const said = useRef(0);
  const lastOfContact = items.findLast((item) => item.kind === 'message' && item.author === 'contact')?.id;
  const known = items.length > 0;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = listen({
      typing: (typing) => {
        if (typing.conversation !== conversation || typing.member === me) return;
        if (typing.who === 'contact' && Date.now() - said.current < OVERTAKEN) return;
        setWho(typing.who === 'contact' ? contact : typing.who);
        clearTimeout(timer);
        timer = setTimeout(() => setWho(null), LASTS);
      },
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [conversation, contact, me]);
  useEffect(() => setWho(null), [last]);
  useEffect(() => {
    if (known) said.current = Date.now();
  }, [lastOfContact, known]);
  return who;
}
