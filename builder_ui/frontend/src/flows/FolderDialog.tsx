// The name of a folder: of a new one, or another for one that is there.
import { Button, Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '../api';
import { FieldError } from '../forms/FieldError';
import type { Folder } from './flows-api';
import { whyNot } from './refusals';
import { useAddFolder, useRenameFolder } from './shelves-api';

/** `folder` null: a new one. */
type Props = { folder: Folder | null; onClose: () => void; onMade?: (folder: Folder) => void };

export function FolderDialog({ folder, onClose, onMade }: Props) {
  const { t, i18n } = useTranslation('flows');
  const add = useAddFolder();
  const rename = useRenameFolder();
  const [name, setName] = useState(folder?.name ?? '');
  const [failure, setFailure] = useState<unknown>(null);
  const title = t(folder === null ? 'folders.new' : 'folders.rename');
  const taken = failure instanceof Refused && failure.status === 422;

  async function submit(event: FormEvent) {
    event.preventDefault();
    event.stopPropagation();
    setFailure(null);
    try {
      const made = folder === null ? await add.mutateAsync(name.trim()) : await rename.mutateAsync({ id: folder.id, name: name.trim() });
      onMade?.(made);
      onClose();
    } catch (error) {
      setFailure(error);
    }
  }

  return (
    <Modal opened onClose={onClose} size={400} withCloseButton={false} attributes={{ content: { 'aria-label': title } }}>
      <form onSubmit={(event) => void submit(event)}>
        <div className="flows-dialog">
          <h2>{title}</h2>
          <TextInput
            label={t('folders.name')}
            placeholder={t('folders.example')}
            data-autofocus
            maxLength={60}
            value={name}
            error={failure === null ? undefined : <FieldError text={taken ? t('folders.taken', { name: name.trim() }) : whyNot(failure, t, i18n.language)} />}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </div>
        <div className="flows-dialog-foot">
          <Button variant="subtle" onClick={onClose}>
            {t('cancel', { ns: 'common' })}
          </Button>
          <Button type="submit" variant="filled" disabled={name.trim() === '' || name.trim() === folder?.name} loading={add.isPending || rename.isPending}>
            {t(folder === null ? 'folders.create' : 'folders.save')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
