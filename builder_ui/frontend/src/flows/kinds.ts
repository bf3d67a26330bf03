// The kinds of flow, in the order of the list's tabs.
export const kinds = ['chatbot', 'sequence', 'contact_automation', 'deal_automation'] as const;
export type Kind = (typeof kinds)[number];

export function kindOf(value: string | null): Kind {
  return kinds.find((kind) => kind === value) ?? 'chatbot';
}
