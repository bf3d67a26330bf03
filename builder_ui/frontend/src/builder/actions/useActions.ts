// The actions as menus and buttons show them: words, keys, and the way to do one now.
import { useTranslation } from 'react-i18next';
import { useBuilderStore } from '../store';
import { isPossible, keysShown, type Action } from './action';
import { actionOf } from './actions';

export type Offer = { title: string; keys: string; action: Action; isPossible: boolean; run: () => void };

/** `offer(id)` is the action at this moment; `run` does it. */
export function useActions(): (id: string) => Offer {
  const store = useBuilderStore();
  const { t } = useTranslation('builder');
  return (id) => {
    const action = actionOf(id);
    const first = action.keys?.[0];
    return {
      title: t(`actions.${id}`),
      keys: first === undefined ? '' : keysShown(first),
      action,
      isPossible: isPossible(action, store.getState()),
      run: () => {
        const { hand } = store.getState();
        if (hand !== null) action.run({ store, hand, key: '', says: (key, count) => t(key, { count }) });
      },
    };
  };
}
