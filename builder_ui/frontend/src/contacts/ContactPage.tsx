// One contact with all that is known: details and fields at the left, notes in the middle, standings at the right.
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useNodeTypes, useReferences } from '../builder/flow-api';
import type { NodeTypes } from '../document/schema';
import { may } from '../may';
import { useSession } from '../session';
import { Avatar } from '../ui/Avatar';
import { Failed } from '../ui/Failed';
import { Loading } from '../ui/Loading';
import { useContact, type Contact } from './contacts-api';
import { ContactForm } from './ContactForm';
import { Notes } from './Notes';
import { Standings } from './Standings';
import './contacts.css';

export default function ContactPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation('contacts');
  const contact = useContact(id);
  const schemas = useNodeTypes();
  const things = useReferences().data;
  const types = useMemo(() => (schemas.data === undefined ? undefined : { ...schemas.data, ...(things === undefined ? {} : { things }) }), [schemas.data, things]);
  const error = contact.error ?? schemas.error;
  if (error !== null) return <Failed error={error} title={t('failedOne')} onRetry={() => void Promise.all([contact.refetch(), schemas.refetch()])} />;
  if (contact.data === undefined || types?.things === undefined) return <Loading />;
  return <View key={id} contact={contact.data} types={types} />;
}

function View({ contact, types }: { contact: Contact; types: NodeTypes }) {
  const { t } = useTranslation('contacts');
  const role = useSession().data?.member.role;
  const readOnly = !may(role, 'edit contacts');
  return (
    <>
      <header className="shell-head">
        <Tooltip label={t('back')}>
          <ActionIcon component={Link} to="/contacts" aria-label={t('back')}>
            <IconArrowLeft size={18} />
          </ActionIcon>
        </Tooltip>
        <Avatar name={contact.name || '?'} />
        <h1 className="ell">{contact.name || t('unnamed')}</h1>
        {contact.phone !== null && <span className="muted num">{contact.phone}</span>}
      </header>
      <div className="crm-contact">
        <ContactForm contact={contact} types={types} readOnly={readOnly} />
        <Notes contact={contact} readOnly={readOnly} />
        <Standings contact={contact} types={types} readOnly={readOnly} />
      </div>
    </>
  );
}
