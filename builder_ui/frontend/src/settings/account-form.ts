// What the forms of the settings share: no flow around them, but the account's things at hand.
import { useMemo } from 'react';
import { MADE_BY_NAME, useCreateThing } from '../builder/things';
import type { FlowDocument } from '../document/flow';
import { namesOf } from '../document/template';
import type { NodeTypes } from '../document/schema';
import type { FormSetting } from '../forms/form';
import { currentLanguage } from '../i18n';

const nowhere: FlowDocument = {
  format: 'flowengine/flow',
  format_version: 1,
  kind: 'contact_automation',
  key: 'none',
  name: '',
  settings: {},
  nodes: [],
  edges: [],
};
const everything = () => true;
const makes = (kind: string) => (MADE_BY_NAME.includes(kind) ? 'name' : null);

export function useAccountForm(
  types: NodeTypes,
  errors: ReadonlyMap<string, string>,
  readOnly: boolean,
  looksAt: (operand: string) => boolean = everything,
): FormSetting {
  const create = useCreateThing();
  const language = currentLanguage();
  return useMemo(
    () => ({ document: nowhere, types, language, names: namesOf(nowhere, types, language), create, makes, looksAt, errors, focus: null, readOnly }),
    [types, language, create, looksAt, errors, readOnly],
  );
}
