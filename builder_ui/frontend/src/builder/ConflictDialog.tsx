// Two wrote at once: nothing is overwritten until one side is taken.
import { Button, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { withPlaces } from '../document/drawing';
import { differences } from '../document/compare';
import { useBuilder, useBuilderStore, type Conflict } from './store';

export function ConflictDialog({ conflict }: { conflict: Conflict }) {
  const { t } = useTranslation('builder');
  const store = useBuilderStore();
  const document = useBuilder((builder) => builder.edited.document);
  const { set, change, types, language } = store.getState();
  const count = differences(document, conflict.theirs);

  const theirs = withPlaces(conflict.theirs, types, language);

  /** Both sides enter the history: one undo brings the other back. */
  function keepMine() {
    set({ revision: conflict.revision });
    change({ kind: 'replace', document: theirs });
    change({ kind: 'replace', document });
    set({ conflict: null, taken: theirs, save: 'waiting' });
  }

  function takeTheirs() {
    set({ revision: conflict.revision });
    change({ kind: 'replace', document: theirs });
    set({ conflict: null, taken: store.getState().edited.document, save: 'saved' });
  }

  return (
    <Modal opened onClose={() => undefined} size={520} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} attributes={{ content: { 'aria-label': t('conflict.title') } }}>
      <div className="dialog-head">
        <div className="grow">
          <h2>{t('conflict.title')}</h2>
          <p className="muted">{conflict.by === null ? t('conflict.someone') : t('conflict.by', { name: conflict.by })}</p>
        </div>
      </div>
      <div className="dialog-body">
        <p>{t('conflict.counts', { added: count.added, removed: count.removed, changed: count.changed })}</p>
        <p className="muted">{t('conflict.hint')}</p>
      </div>
      <div className="dialog-foot">
        <span className="grow" />
        <Button onClick={takeTheirs}>{t('conflict.theirs')}</Button>
        <Button variant="filled" onClick={keepMine}>
          {t('conflict.mine')}
        </Button>
      </div>
    </Modal>
  );
}
