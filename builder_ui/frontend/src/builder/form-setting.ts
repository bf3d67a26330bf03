// What the forms of this flow share: names at hand, the sentences of the findings by field.
import { useMemo } from 'react';
import type { FormSetting } from '../forms/form';
import type { Finding } from '../document/flow';
import { namesOf } from '../document/template';
import { useBuilder } from './store';
import { useCreateThing } from './things';

/** `pointerOf` gives a finding's place in the form; null = not in this form. */
export function useFormSetting(pointerOf: (finding: Finding) => string | null, focus: string | null): FormSetting {
  const document = useBuilder((builder) => builder.edited.document);
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const findings = useBuilder((builder) => builder.findings);
  const readOnly = useBuilder((builder) => builder.readOnly);
  const create = useCreateThing();
  const names = useMemo(() => namesOf(document, types, language), [document, types, language]);
  const errors = useMemo(() => {
    const found = new Map<string, string>();
    for (const finding of findings) {
      const pointer = pointerOf(finding);
      if (pointer !== null && !found.has(pointer)) found.set(pointer, besideField(finding.message[language]));
    }
    return found;
  }, [findings, pointerOf, language]);
  return { document, types, language, names, create, errors, focus, readOnly };
}

/** Beside its field a sentence needs no path to it: “Menu › Opções 1 › Título: está vazio.” → “Está vazio.” */
function besideField(sentence: string): string {
  const [path = '', ...rest] = sentence.split(': ');
  const said = rest.join(': ');
  return path.includes(' › ') && said !== '' ? said.charAt(0).toUpperCase() + said.slice(1) : sentence;
}
