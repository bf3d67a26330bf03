// What the forms of this flow share: names at hand, references, the sentences of the findings by field.
import { useMemo } from 'react';
import type { FormSetting } from '../forms/form';
import type { Finding } from '../document/flow';
import { namesOf } from '../document/template';
import { useReferences, type References } from './flow-api';
import { useBuilder } from './store';

const none: References = {};

/** `pointerOf` gives a finding's place in the form; null = not in this form. */
export function useFormSetting(pointerOf: (finding: Finding) => string | null, focus: string | null): FormSetting {
  const document = useBuilder((builder) => builder.edited.document);
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const findings = useBuilder((builder) => builder.findings);
  const readOnly = useBuilder((builder) => builder.readOnly);
  const references = useReferences().data ?? none;
  const names = useMemo(() => namesOf(document, types, language), [document, types, language]);
  const errors = useMemo(() => {
    const found = new Map<string, string>();
    for (const finding of findings) {
      const pointer = pointerOf(finding);
      if (pointer !== null && !found.has(pointer)) found.set(pointer, besideField(finding.message[language]));
    }
    return found;
  }, [findings, pointerOf, language]);
  return { document, types, language, names, references, errors, focus, readOnly };
}

/** Beside its field a sentence needs no path to it: “Menu › Opções 1 › Título: está vazio.” → “Está vazio.” */
function besideField(sentence: string): string {
  const [path = '', ...rest] = sentence.split(': ');
  const said = rest.join(': ');
  return path.includes(' › ') && said !== '' ? said.charAt(0).toUpperCase() + said.slice(1) : sentence;
}
