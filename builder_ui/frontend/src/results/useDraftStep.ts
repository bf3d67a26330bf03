// A step as the draft has it while a version is drawn in its place, and giving its options one word more.
import { useMediaQuery } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useBuilder, useBuilderStore } from '../builder/store';
import { nodeById } from '../document/flow';
import { fits, optionFor, optionsOf, withSynonym, type Option } from '../document/synonyms';
import { may } from '../may';
import { useSession } from '../session';
import { toast } from '../ui/toast';

export type DraftStep = {
  isThere: boolean;
  /** Null: the step has no options that understand words. */
  options: Option[] | null;
  mayChange: boolean;
  /** The option of the draft that understands the words already. */
  understands: (text: string) => Option | null;
  hasRoom: (option: Option, text: string) => boolean;
  add: (option: Option, text: string) => void;
};

export function useDraftStep(id: string): DraftStep {
  const { t } = useTranslation('results');
  const store = useBuilderStore();
  const types = useBuilder((builder) => builder.types);
  const node = useBuilder((builder) => nodeById(builder.edited.document, id));
  const role = useSession().data?.member.role;
  const isPhone = useMediaQuery('(max-width: 639px)'); // flows are read there, not changed
  return {
    isThere: node !== undefined,
    options: optionsOf(types, node),
    mayChange: may(role, 'edit flows') && !isPhone,
    understands: (text) => optionFor(types, node, text),
    hasRoom: (option, text) => fits(types, node, option.id, text),
    add: (option, text) => {
      const change = withSynonym(store.getState().edited.document, types, id, option.id, text);
      if (change === null) return;
      store.getState().amend(change);
      const changed = store.getState().edited.document;
      const undo = () => {
        // Only what was done here: after another change the way back is the builder's own.
        if (store.getState().edited.document === changed) store.getState().undo();
      };
      toast({ text: t('invalid.added', { text, option: option.title }), undo });
    },
  };
}
