// Remarks on a contact that only the account's people see.
import { Button, Textarea } from '@mantine/core';
import { IconLock, IconRobot } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../ui/Avatar';
import { moment } from '../ui/time';
import { toast } from '../ui/toast';
import { useWriteNote, type Contact } from './contacts-api';

export function Notes({ contact, readOnly }: { contact: Contact; readOnly: boolean }) {
  const { t, i18n } = useTranslation('contacts');
  const write = useWriteNote(contact.id);
  const [text, setText] = useState('');

  function send() {
    if (text.trim() === '' || write.isPending) return;
    write.mutate(text.trim(), { onSuccess: () => setText(''), onError: () => toast({ text: t('notes.failed'), stays: true }) });
  }

  return (
    <section className="crm-notes" aria-label={t('notes.title')}>
      <h2>{t('notes.title')}</h2>
      {!readOnly && (
        <div className="crm-write">
          <Textarea
            aria-label={t('notes.write')}
            placeholder={t('notes.write')}
            maxLength={8000}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
            }}
          />
          <div className="crm-write-foot">
            <span className="sm muted">
              <IconLock size={12} aria-hidden /> {t('notes.hint')}
            </span>
            <Button disabled={text.trim() === ''} loading={write.isPending} onClick={send}>
              {t('notes.act')}
            </Button>
          </div>
        </div>
      )}
      {contact.notes.length === 0 && <p className="muted">{t('notes.none')}</p>}
      <ul>
        {contact.notes.map((note) => (
          <li key={note.id} className="crm-note">
            {note.by === null ? <IconRobot size={20} aria-hidden /> : <Avatar name={note.by.name} size="s" />}
            <div className="grow">
              <div className="sm muted">
                {note.by?.name ?? t('notes.flow')} · {moment(note.at, i18n.language)}
              </div>
              <p>{note.text}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
