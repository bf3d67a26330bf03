// The tags of one flow, or those that several have in common: put on all of them, taken off all of them.
import { Button, Modal, TagsInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { commonTags } from './finding';
import type { FlowRow } from './flows-api';

type Props = { rows: FlowRow[]; known: string[]; onSave: (added: string[], removed: string[]) => void; onClose: () => void };

export function TagsDialog({ rows, known, onSave, onClose }: Props) {
  const { t } = useTranslation('flows');
  const before = commonTags(rows);
  const [tags, setTags] = useState(before);
  const title = t('tags.title', { count: rows.length, name: rows[0]?.name });

  function submit(event: FormEvent) {
    event.preventDefault();
    onSave(tags.filter((tag) => !before.includes(tag)), before.filter((tag) => !tags.includes(tag)));
    onClose();
  }

  return (
    <Modal opened onClose={onClose} size={440} withCloseButton={false} attributes={{ content: { 'aria-label': title } }}>
      <form onSubmit={submit}>
        <div className="flows-dialog">
          <h2 className="ell">{title}</h2>
          <TagsInput
            label={t('tags.label')}
            description={rows.length > 1 ? t('tags.common') : t('tags.hint')}
            data-autofocus
            data={known}
            value={tags}
            maxTags={20}
            splitChars={[',']}
            acceptValueOnBlur
            isDuplicate={(tag, chosen) => chosen.some((each) => each.toLowerCase() === tag.toLowerCase())}
            onChange={(next) => setTags(next.map((tag) => tag.trim().slice(0, 40).trim()).filter((tag) => tag !== ''))}
          />
        </div>
        <div className="flows-dialog-foot">
          <Button variant="subtle" onClick={onClose}>
            {t('cancel', { ns: 'common' })}
          </Button>
          <Button type="submit" variant="filled" disabled={tags.join() === before.join()}>
            {t('tags.save')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
