// What the forms of this flow share: names at hand, the sentences of the findings by field.
import { useMemo } from 'react';
import type { FormSetting } from '../forms/form';
import type { Finding } from '../document/flow';
import { namesOf } from '../document/template';
import { isToFill } from './fresh';
import { useBuilder } from './store';
import { useMakers } from './making';

/** `pointerOf` gives a finding's place in the form; null = not in this form. */
export function useFormSetting(pointerOf: (finding: Finding) => string | null, focus: string | null): FormSetting {
  const document = useBuilder((builder) => builder.edited.document);
  const flow = useBuilder((builder) => builder.flow.id);
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const findings = useBuilder((builder) => builder.findings);
  const fresh = useBuilder((builder) => builder.fresh);
  const readOnly = useBuilder((builder) => builder.readOnly);
  const { create, makes } = useMakers();
  const names = useMemo(() => namesOf(document, types, language), [document, types, language]);
  const { errors, warnings } = useMemo(() => {
    const found = { errors: new Map<string, string>(), warnings: new Map<string, string>() };
    for (const finding of findings) {
      const pointer = pointerOf(finding);
      const of = finding.severity === 'error' ? found.errors : found.warnings;
      if (pointer !== null && !of.has(pointer) && !isToFill(finding, fresh)) of.set(pointer, besideField(finding.message[language]));
    }
    return found;
  }, [findings, fresh, pointerOf, language]);
  return { document, flow, types, language, names, create, makes, errors, warnings, focus, readOnly };
}

/** Beside its field a sentence needs no path to it: “Menu › Opções 1 › Título: está vazio.” and “Menu”: está vazio. → “Está vazio.” */
function besideField(sentence: string): string {
  const [path = '', ...rest] = sentence.split(': ');
  const said = rest.join(': ');
  const isPath = path.includes(' › ') || /^“[^”]*”$/.test(path);
  return isPath && said !== '' ? said.charAt(0).toUpperCase() + said.slice(1) : sentence;
}
