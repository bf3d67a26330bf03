// Things of the account that need more than a name are made in a dialog over the drawing: what is asked for, and for whom.
import { create } from 'zustand';
import { useCallback } from 'react';
import type { FormSetting } from '../forms/form';
import { may, type Act } from '../may';
import { useSession } from '../session';
import { MADE_BY_NAME, useCreateThing } from './things';

/** Who may make them, by what flows call them. */
const WITH_FORM: Record<string, Act> = {
  template: 'edit texts',
  snippet: 'edit texts',
  constant: 'edit texts',
  segment: 'manage account',
  pipeline: 'manage account',
  secret: 'manage account',
  ai: 'manage account',
};

type Making = { kind: string; name: string; answer: (slug: string | null) => void };
type Asked = { making: Making | null; set: (making: Making | null) => void };

export const useMaking = create<Asked>((set) => ({ making: null, set: (making) => set({ making }) }));

/** What the forms of a flow may make where they name it. */
export function useMakers(): Pick<FormSetting, 'create' | 'makes'> {
  const role = useSession().data?.member.role;
  const byName = useCreateThing();
  const makes = useCallback(
    (kind: string) => {
      const act = WITH_FORM[kind];
      if (act !== undefined && may(role, act)) return 'form';
      return byName !== undefined && MADE_BY_NAME.includes(kind) ? 'name' : null;
    },
    [role, byName],
  );
  const make = useCallback(
    async (kind: string, name: string) => {
      if (makes(kind) !== 'form') return (await byName?.(kind, name)) ?? null;
      return new Promise<string | null>((answer) => useMaking.getState().set({ kind, name, answer }));
    },
    [makes, byName],
  );
  return { create: make, makes };
}
