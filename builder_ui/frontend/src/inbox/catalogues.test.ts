// The two languages say the same things.
import { expect, test } from 'vitest';
import en from '../i18n/en/inbox.json';
import ptBR from '../i18n/pt-BR/inbox.json';
import widgetEn from '../../widget/src/texts/en.json';
import widgetPtBR from '../../widget/src/texts/pt-BR.json';

function keys(texts: unknown, path = ''): string[] {
  if (typeof texts !== 'object' || texts === null) return [path];
  return Object.entries(texts).flatMap(([name, text]) => keys(text, `${path}.${name}`));
}

test('every text of the inbox and the web chat is there in both languages', () => {
  expect(keys(en)).toEqual(keys(ptBR));
  expect(keys(widgetEn)).toEqual(keys(widgetPtBR));
});
