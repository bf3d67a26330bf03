// What is known of a contact, to read and to change: details, and the account's own fields.
import { Button } from '@mantine/core';
import { useMemo, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { JsonObject } from '../document/json';
import type { NodeTypes } from '../document/schema';
import { FieldError } from '../forms/FieldError';
import { FormProvider } from '../forms/form';
import { SchemaForm } from '../forms/SchemaForm';
import { useAccountForm } from '../settings/account-form';
import { toast } from '../ui/toast';
import { DETAILS, differing, schemaOfFields, shownIn } from './contact-schema';
import { useChangeContact, type Contact } from './contacts-api';
import { sentences } from './refusals';

/** Details and own fields, as known or as typed over it. */
type Typed = { details: JsonObject; fields: JsonObject };

function knownOf({ name, email, phone, score, language, timezone, fields }: Contact): Typed {
  return { details: shownIn({ name, email, phone, score, language, timezone }), fields: shownIn(fields) };
}

export function ContactForm({ contact, types, readOnly }: { contact: Contact; types: NodeTypes; readOnly: boolean }) {
  const { t } = useTranslation('contacts');
  const change = useChangeContact(contact.id);
  const known = useMemo(() => knownOf(contact), [contact]);
  const [typed, setTyped] = useState<Typed>({ details: {}, fields: {} });
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map());
  const setting = useAccountForm(types, errors, readOnly);
  const things = useMemo(() => types.things?.['field'] ?? [], [types]);
  const schema = useMemo(() => schemaOfFields(things), [things]);
  const details = withTyped(known.details, typed.details);
  const fields = withTyped(known.fields, typed.fields);
  const isChanged = Object.keys(typed.details).length + Object.keys(typed.fields).length > 0;

  function discard() {
    setTyped({ details: {}, fields: {} });
    setErrors(new Map());
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    const own: JsonObject = Object.keys(typed.fields).length > 0 ? { fields: typed.fields } : {};
    try {
      await change.mutateAsync({ ...typed.details, ...own });
      discard();
      toast({ text: t('saved') });
    } catch (error) {
      setErrors(sentences(error, things, t));
    }
  }

  return (
    <form className="crm-side crm-facts" aria-label={t('data')} noValidate onSubmit={(event) => void submit(event)}>
      <div className="crm-scroll">
        <h2>{t('data')}</h2>
        <FormProvider value={setting}>
          <SchemaForm schema={DETAILS} value={details} onChange={(next) => setTyped({ ...typed, details: differing(known.details, next) })} />
          {Object.keys(schema['properties'] ?? {}).length > 0 && <h2>{t('fields')}</h2>}
          <SchemaForm schema={schema} value={fields} pointer="/fields" onChange={(next) => setTyped({ ...typed, fields: differing(known.fields, next) })} />
        </FormProvider>
        {errors.has('') && <FieldError text={errors.get('') ?? ''} />}
      </div>
      {isChanged && (
        <div className="crm-foot">
          <Button variant="subtle" color="gray" onClick={discard}>
            {t('discard')}
          </Button>
          <Button type="submit" variant="filled" loading={change.isPending}>
            {t('save')}
          </Button>
        </div>
      )}
    </form>
  );
}

/** What is known, with what was typed over it; null takes away. */
function withTyped(known: JsonObject, typed: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries({ ...known, ...typed }).filter(([, value]) => value !== null));
}
