// What a contact without a name is called.
import type { TFunction } from 'i18next';

export function nameOf(contact: { name: string }, t: TFunction<'inbox'>): string {
  return contact.name === '' ? t('unnamed') : contact.name;
}
