// One contact with all that is known: details and fields at the left, notes and talks in the middle, standings at the right.
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { NodeTypes } from '../document/schema';
import { may } from '../may';
import { useSession } from '../session';
import { Avatar } from '../ui/Avatar';
import { Failed } from '../ui/Failed';
import { Loading } from '../ui/Loading';
import { useContact, useTypesAndThings, type Contact } from './contacts-api';
import { ContactForm } from './ContactForm';
import { Notes } from './Notes';
import { PersonalData } from './PersonalData';
import { Standings } from './Standings';
import { Talks } from './Talks';
import './contacts.css';

export default function ContactPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation('contacts');
  const contact = useContact(id);
  const types = useTypesAndThings();
  const error = contact.error ?? types.error;
  if (error !== null) return <Failed error={error} title={t('failedOne')} onRetry={() => void Promise.all([contact.refetch(), types.refetch()])} />;
  if (contact.data === undefined || types.data === undefined) return <Loading />;
  return <View key={id} contact={contact.data} types={types.data} />;
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
        {may(role, 'manage account') && <PersonalData contact={contact} />}
      </header>
      <div className="crm-contact">
        <ContactForm contact={contact} types={types} readOnly={readOnly} />
        <div className="crm-middle">
          <Notes contact={contact} readOnly={readOnly} />
          <Talks contact={contact} />
        </div>
        <Standings contact={contact} types={types} readOnly={readOnly} />
      </div>
    </>
  );
}
