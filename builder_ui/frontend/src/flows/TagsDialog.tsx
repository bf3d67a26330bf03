// The tags of one flow, or those that several have in common: put on all of them, taken off all of them.
import { Button, Modal, TagsInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { commonTags } from './finding';
import type { FlowRow } from './flows-api';

const MOST_OFFERED = 24;

type Props = { rows: FlowRow[]; known: string[]; onSave: (added: string[], removed: string[]) => void; onClose: () => void };

export function TagsDialog({ rows, known, onSave, onClose }: Props) {
  const { t } = useTranslation('flows');
  const before = commonTags(rows);
  const [tags, setTags] = useState(before);
  const offered = known.filter((tag) => !tags.includes(tag)).slice(0, MOST_OFFERED);
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
            value={tags}
            maxTags={20}
            splitChars={[',']}
            acceptValueOnBlur
            openOnFocus={false}
            isDuplicate={(tag, chosen) => chosen.some((each) => each.toLowerCase() === tag.toLowerCase())}
            onChange={(next) => setTags(next.map((tag) => tag.trim().slice(0, 40).trim()).filter((tag) => tag !== ''))}
          />
          {offered.length > 0 && (
            <div className="flows-offered" role="group" aria-label={t('tags.known')}>
              {offered.map((tag) => (
                <button key={tag} type="button" className="ui-chip line" onClick={() => setTags([...tags, tag])}>
                  <IconPlus size={12} aria-hidden /> {tag}
                </button>
              ))}
            </div>
          )}
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
