// Two wrote at once: nothing is overwritten until one side is taken.
import { Button, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { withPlaces } from '../document/drawing';
import { differing } from '../document/differing';
import type { FlowDocument } from '../document/flow';
import { StepChanges } from './StepChanges';
import { useBuilder, useBuilderStore, type Conflict } from './store';

export function ConflictDialog({ conflict }: { conflict: Conflict }) {
  const { t } = useTranslation('builder');
  const store = useBuilderStore();
  const document = useBuilder((builder) => builder.edited.document);
  const { set, change, types, language, taken } = store.getState();

  const theirs = withPlaces(conflict.theirs, types, language);
  // What both began from; unknown where this device comes back with changes of long ago.
  const base = taken.nodes === conflict.theirs.nodes ? null : taken;
  const sides: [string, FlowDocument, FlowDocument][] =
    base === null
      ? [[t('conflict.differences'), document, theirs]]
      : [
          [t('conflict.yours'), base, document],
          [conflict.by === null ? t('conflict.others') : t('conflict.othersBy', { name: conflict.by }), base, theirs],
        ];

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
    <Modal opened onClose={() => undefined} size={860} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} attributes={{ content: { 'aria-label': t('conflict.title') } }}>
      <div className="dialog-head">
        <div className="grow">
          <h2>{t('conflict.title')}</h2>
          <p className="muted">{conflict.by === null ? t('conflict.someone') : t('conflict.by', { name: conflict.by })}</p>
        </div>
      </div>
      <div className="dialog-body">
        <p className="muted">{t('conflict.hint')}</p>
      </div>
      <div className={base === null ? 'conflict-one' : 'dialog-halves conflict-two'}>
        {sides.map(([title, before, after]) => {
          const changes = differing(before, after, types, language);
          return (
            <section key={title} className="dialog-body changes" aria-label={title} tabIndex={0}>
              <h3>{title}</h3>
              {changes.length === 0 && <p className="muted">{t('conflict.drawn')}</p>}
              <StepChanges changes={changes} />
            </section>
          );
        })}
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
