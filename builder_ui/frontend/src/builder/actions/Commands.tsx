// The command palette: every action that can be done now, every type of step, every step to go to; by typing.
import { Modal } from '@mantine/core';
import { IconArrowRight, IconPoint } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { groupOf, tileOf, titleOf } from '../../document/schema';
import { textOf } from '../../document/json';
import { textsOf } from '../../document/searching';
import { titleOfNode } from '../../document/template';
import { Picker, type Pick } from '../../ui/Picker';
import { Tile } from '../../ui/Tile';
import { appendAfterSelected } from '../appending';
import { usePalette } from '../palette';
import { useBuilder, useBuilderStore } from '../store';
import { actions } from './actions';
import { useActions } from './useActions';
import './actions.css';

export function Commands() {
  const { t } = useTranslation('builder');
  const store = useBuilderStore();
  const offer = useActions();
  const palette = usePalette();
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const document = useBuilder((builder) => builder.edited.document);
  const readOnly = useBuilder((builder) => builder.readOnly);

  const doing = actions
    .filter((action) => action.keysOnly !== true && action.id !== 'commands')
    .map((action) => offer(action.id))
    .filter((each) => each.isPossible);
  const picks: Pick[] = [
    ...doing.map(({ action, title, keys }): Pick => ({
      id: `do ${action.id}`,
      title,
      group: t(`sections.${action.section}`),
      keys,
      icon: action.icon === undefined ? <IconPoint size={16} /> : <action.icon size={16} />,
    })),
    ...(readOnly ? [] : palette).map((pick): Pick => ({ ...pick, id: `add ${pick.id}`, title: t('commands.add', { type: pick.title }), group: t('commands.types') })),
    ...document.nodes.map((node): Pick => {
      const schema = types.types[node.type] ?? {};
      return {
        id: `go ${node.id}`,
        title: titleOfNode(node, types, language),
        hint: titleOf(schema, language),
        texts: textsOf(node),
        group: t('commands.steps'),
        icon: <Tile group={groupOf(schema)} icon={textOf(schema['x-icon'])} shape={tileOf(schema)} />,
      };
    }),
  ];

  // What is done may take the focus for itself; only who leaves without doing anything gets it back here.
  const [from] = useState(() => globalThis.document.activeElement);

  function close() {
    store.getState().set({ asks: null });
  }

  function leave() {
    close();
    if (from instanceof HTMLElement) setTimeout(() => from.focus({ preventScroll: true }));
  }

  function pick(id: string) {
    const [how, ...rest] = id.split(' ');
    const what = rest.join(' ');
    close();
    // After the dialog is gone.
    setTimeout(() => {
      const { open, look } = store.getState();
      if (how === 'do') offer(what).run();
      else if (how === 'add') appendAfterSelected(store.getState(), what);
      else {
        open(what);
        look([what]);
      }
    });
  }

  return (
    <Modal opened onClose={leave} returnFocus={false} withCloseButton={false} size={520} yOffset="12dvh" centered={false} transitionProps={{ duration: 0 }} attributes={{ content: { 'aria-label': t('commands.label') } }}>
      <Picker label={t('commands.label')} placeholder={t('commands.hint')} picks={picks} onPick={pick} onClose={leave} />
      <p className="act-foot xs muted">
        <IconArrowRight size={14} aria-hidden /> {t('commands.foot')}
      </p>
    </Modal>
  );
}
