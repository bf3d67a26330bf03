// Somebody whom no channel has brought: who it is, and what the account requires of everybody.
import { Button, Modal } from '@mantine/core';
import { useMemo, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { textOf, type JsonObject } from '../document/json';
import type { NodeTypes } from '../document/schema';
import { FieldError } from '../forms/FieldError';
import { FormProvider } from '../forms/form';
import { SchemaForm } from '../forms/SchemaForm';
import { useAccountForm } from '../settings/account-form';
import { schemaOfNew } from './contact-schema';
import { useCreateContact } from './contacts-api';
import { sentences } from './refusals';

export function NewContactDialog({ types, onClose }: { types: NodeTypes; onClose: () => void }) {
  const { t } = useTranslation('contacts');
  const navigate = useNavigate();
  const create = useCreateContact();
  const fields = useMemo(() => types.things?.['field'] ?? [], [types]);
  const schema = useMemo(() => schemaOfNew(fields), [fields]);
  const [details, setDetails] = useState<JsonObject>({});
  const [own, setOwn] = useState<JsonObject>({});
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map());
  const setting = useAccountForm(types, errors, false);
  const isNobody = [details['name'], details['phone'], details['email']].every((value) => textOf(value).trim() === '');

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isNobody) return;
    create.mutate(
      { ...details, fields: own },
      { onSuccess: (contact) => void navigate(`/contacts/${contact.id}`), onError: (error) => setErrors(sentences(error, fields, t)) },
    );
  }

  return (
    <Modal opened onClose={onClose} size={440} withCloseButton={false} attributes={{ content: { 'aria-label': t('new.act') } }}>
      <form noValidate onSubmit={submit}>
        <div className="crm-dialog">
          <h2>{t('new.act')}</h2>
          <FormProvider value={{ ...setting, focus: '/name' }}>
            <SchemaForm schema={schema.details} value={details} onChange={setDetails} />
            <SchemaForm schema={schema.own} value={own} pointer="/fields" onChange={setOwn} />
          </FormProvider>
          {errors.has('') && <FieldError text={errors.get('') ?? ''} />}
        </div>
        <div className="crm-dialog-foot">
          <Button variant="subtle" onClick={onClose}>
            {t('cancel', { ns: 'common' })}
          </Button>
          <Button type="submit" variant="filled" disabled={isNobody} loading={create.isPending}>
            {t('new.create')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
