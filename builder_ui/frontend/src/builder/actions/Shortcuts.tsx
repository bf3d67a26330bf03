// All keys on one page, from the same list that hears them.
import { CloseButton, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useBuilderStore } from '../store';
import { keysShown, type Section } from './action';
import { actions } from './actions';
import './actions.css';

const sections: readonly Section[] = ['edit', 'steps', 'arrange', 'view'];

export function Shortcuts() {
  const { t } = useTranslation('builder');
  const store = useBuilderStore();
  const close = () => store.getState().set({ asks: null });
  return (
    <Modal opened onClose={close} withCloseButton={false} size={760} attributes={{ content: { 'aria-label': t('shortcuts.title') } }}>
      <div className="dialog-head">
        <h2 className="grow">{t('shortcuts.title')}</h2>
        <CloseButton aria-label={t('close', { ns: 'common' })} onClick={close} />
      </div>
      <div className="act-sheet" tabIndex={0} role="region" aria-label={t('shortcuts.title')}>
        {sections.map((section) => (
          <section key={section}>
            <h3>{t(`sections.${section}`)}</h3>
            <dl>
              {actions
                .filter((action) => action.section === section && action.keys !== undefined)
                .map((action) => (
                  <div key={action.id}>
                    <dt>{t(`actions.${action.id}`)}</dt>
                    <dd>
                      {action.keys?.map((chord) => (
                        <kbd key={chord} className="ui-kbd">
                          {keysShown(chord)}
                        </kbd>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
