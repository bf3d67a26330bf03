// Lengths of time in their two largest parts, shares with a decimal where they are small.
import { expect, it } from 'vitest';
import { countShown, shareShown, timeShown } from './numbers';

it.each([
  [0.4, '< 1 s'],
  [40, '40 s'],
  [220, '3 min 40 s'],
  [860, '14 min'],
  [7500, '2 h 5 min'],
  [259_200, '3 d'],
])('says %d seconds as %s', (seconds, words) => {
  expect(timeShown(seconds, 'en')).toBe(words);
});

it('says numbers in the language of who reads them', () => {
  expect([countShown(2532, 'pt-BR'), countShown(2532, 'en')]).toEqual(['2.532', '2,532']);
  expect([shareShown(0.298, 'pt-BR'), shareShown(0.052, 'pt-BR'), shareShown(0, 'en')]).toEqual(['30 %', '5,2 %', '0 %']);
});
