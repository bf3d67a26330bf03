// The one list: each key does one thing, each action has words in both languages, chords are read as they are written.
import { describe, expect, it } from 'vitest';
import en from '../../i18n/en/builder.json';
import pt from '../../i18n/pt-BR/builder.json';
import { chordOf, keysShown } from './action';
import { actions } from './actions';

const ids = actions.map((action) => action.id).sort();

describe('the list of actions', () => {
  it('gives no key to two of them', () => {
    const keys = actions.flatMap((action) => action.keys ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each([['en', en.actions], ['pt-BR', pt.actions]])('has words for each, and none for others: %s', (_, words) => {
    expect(Object.keys(words).sort()).toEqual(ids);
  });
});

describe('a chord', () => {
  const press = (init: KeyboardEventInit) => chordOf(new KeyboardEvent('keydown', init));

  it.each([
    [{ key: 'Z', code: 'KeyZ', ctrlKey: true, shiftKey: true }, 'Mod+Shift+z'],
    [{ key: 'k', code: 'KeyK', metaKey: true }, 'Mod+k'],
    [{ key: '!', code: 'Digit1', shiftKey: true }, 'Shift+1'],
    [{ key: '?', code: 'KeyW', shiftKey: true }, '?'],
    [{ key: '+', code: 'Equal', shiftKey: true }, '+'],
    [{ key: 'F8', code: 'F8', shiftKey: true }, 'Shift+F8'],
    [{ key: 'ArrowLeft', code: 'ArrowLeft', altKey: true }, 'Alt+ArrowLeft'],
  ])('is named by what it means, whatever the layout: %o', (init, chord) => {
    expect(press(init)).toBe(chord);
  });

  it('is shown as the keys are labelled', () => {
    expect(['Mod+Shift+g', '+', 'Delete', 'Alt+ArrowUp'].map(keysShown)).toEqual(['Ctrl Shift G', '+', 'Del', 'Alt ↑']);
  });
});
