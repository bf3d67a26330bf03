// In what words cards speak: handed to all of them at once, since a thousand that each ask for themselves take time to be told.
import type { TFunction } from 'i18next';
import { createContext, useContext } from 'react';
import type { Language, NodeTypes } from '../document/schema';

type Words = { t: TFunction<'builder'>; types: NodeTypes; language: Language };

const WordingContext = createContext<Words | null>(null);
export const WordingProvider = WordingContext.Provider;

export function useWording(): Words {
  const words = useContext(WordingContext);
  if (words === null) throw new Error('outside of the canvas');
  return words;
}
