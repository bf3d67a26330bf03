// For whom texts and requests of a flow are tried: a contact of the account or one made up, and values that only a run would know.
import { create } from 'zustand';
import type { JsonObject } from '../document/json';
import { exampleOf } from '../document/mapping';

export type Somebody = { id: string; name: string };
type Example = {
  flow: string;
  /** null: somebody made up. */
  contact: Somebody | null;
  /** By name, as texts have it: `vars.pedido`. */
  given: Readonly<Record<string, string>>;
  /** Texts are shown as this contact would read them. */
  previews: boolean;
  set: (flow: string, part: Partial<Pick<Example, 'contact' | 'given' | 'previews'>>) => void;
};
export type Sample = { contact?: string; world?: JsonObject; known: JsonObject; answers: JsonObject };

const nobody = { contact: null, given: {}, previews: false };

export const useExamples = create<Example>((set) => ({
  flow: '',
  ...nobody,
  set: (flow, part) => set((before) => (before.flow === flow ? part : { ...nobody, flow, ...part })),
}));

/** The example of this flow: what was chosen in another one says nothing here. */
export function useExample(flow: string): Omit<Example, 'flow' | 'set'> {
  const { flow: of, ...example } = useExamples();
  return of === flow ? example : nobody;
}

/** As the server wants it. */
export function sampleOf({ contact, given }: Pick<Example, 'contact' | 'given'>): Sample {
  const { known, answers, contact: about } = exampleOf(given);
  if (contact !== null) return { contact: contact.id, known, answers };
  return Object.keys(about).length === 0 ? { known, answers } : { world: { contact: { name: 'Renata Vasques', ...about } }, known, answers };
}
