// Naming a new flow; then straight to its canvas.
import { Button, Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Refused } from '../api';
import { FieldError } from '../forms/FieldError';
import { useCreateFlow } from './flows-api';

export function NewFlowDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('flows');
  const create = useCreateFlow();
  const navigate = useNavigate();
  const [name, setName] = useState('');

  function submit(event: FormEvent) {
    event.preventDefault();
    create.mutate({ name: name.trim() }, { onSuccess: (flow) => void navigate(`/flows/${flow.id}`) });
  }

  const error = create.error;
  return (
    <Modal opened onClose={onClose} size={440} withCloseButton={false} attributes={{ content: { 'aria-label': t('new.title') } }}>
      <form onSubmit={submit}>
        <div className="flows-dialog">
          <h2>{t('new.title')}</h2>
          <TextInput
            label={t('new.name')}
            placeholder={t('new.example')}
            data-autofocus
            required
            withAsterisk={false}
            maxLength={120}
            value={name}
            error={error === null ? undefined : <FieldError text={error instanceof Refused ? error.message : t('new.failed')} />}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </div>
        <div className="flows-dialog-foot">
          <Button variant="subtle" onClick={onClose}>
            {t('cancel', { ns: 'common' })}
          </Button>
          <Button type="submit" variant="filled" disabled={name.trim() === ''} loading={create.isPending}>
            {t('new.create')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
