// Who a text or a request is tried for, and the values that only a run would know.
import { Button, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useBuilder } from '../builder/store';
import { ContactSearch } from '../contacts/ContactSearch';
import { chipOf, namesOf } from '../document/template';
import { may } from '../may';
import { useSession } from '../session';
import { Avatar } from '../ui/Avatar';
import { useExample, useExamples } from './example';

const MADE_UP = 'Renata Vasques'; // whom stories have where they say nobody
const inside = { withinPortal: false }; // a list outside of a popover would close it

/** `named`: what is read, as texts have it. */
export function ForWhom({ named }: { named: readonly string[] }) {
  const { t } = useTranslation('trying');
  const flow = useBuilder((builder) => builder.flow.id);
  const document = useBuilder((builder) => builder.edited.document);
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const role = useSession().data?.member.role;
  const { contact, given } = useExample(flow);
  const { set } = useExamples.getState();
  const names = namesOf(document, types, language);
  const open = contact === null ? named : named.filter((name) => !name.startsWith('contact.'));

  return (
    <div className="try-whom">
      <div className="try-person">
        <Avatar name={contact?.name ?? MADE_UP} size="s" />
        <span className="grow ell">{contact?.name ?? t('madeUp', { name: MADE_UP })}</span>
        {contact !== null && (
          <Button size="compact-xs" variant="subtle" onClick={() => set(flow, { contact: null })}>
            {t('useMadeUp')}
          </Button>
        )}
      </div>
      {may(role, 'see contacts') && (
        <ContactSearch label={t('real')} placeholder={t('realHint')} combobox={inside} onPick={(person) => set(flow, { contact: person })} />
      )}
      {open.map((name) => (
        <TextInput
          key={name}
          label={chipOf(name, names)}
          placeholder={name === 'contact.name' ? MADE_UP : t('value')}
          value={given[name] ?? ''}
          onChange={(event) => set(flow, { given: { ...given, [name]: event.currentTarget.value } })}
        />
      ))}
    </div>
  );
}
