// The conversations held with a contact, as far as one may see them; each leads to the inbox.
import { IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Chip, type Tone } from '../ui/Chip';
import { moment } from '../ui/time';
import type { Contact } from './contacts-api';

type State = Contact['conversations'][number]['state'];
const tones: Record<State, Tone> = { bot: 'info', queued: 'warn', open: 'accent', pending: 'plain', finished: 'ok' };

export function Talks({ contact }: { contact: Contact }) {
  const { t, i18n } = useTranslation('contacts');
  const { conversations } = contact;
  return (
    <section aria-label={t('talks.title')} className="crm-talks">
      <h2>
        {t('talks.title')} {conversations.length > 0 && <span className="muted num">{conversations.length}</span>}
      </h2>
      {conversations.length === 0 && <p className="muted">{t('talks.none')}</p>}
      <ul>
        {conversations.map((talk) => (
          <li key={talk.id}>
            <Link to={`/inbox/${talk.id}`} className="crm-talk">
              <Chip tone={tones[talk.state]}>{t(`talks.${talk.state}`)}</Chip>
              <span className="grow muted num ell">
                {t('talks.opened', { at: moment(talk.opened_at, i18n.language) })}
                {talk.finished_at !== null && ` · ${t('talks.ended', { at: moment(talk.finished_at, i18n.language) })}`}
              </span>
              <IconChevronRight size={14} aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
