// A rule that a form can show comes back as it was; others stay text.
import { describe, expect, it } from 'vitest';
import { ruleOf, textOfRule } from './recurrence';

describe('a rule of repetition', () => {
  it.each(['FREQ=DAILY', 'FREQ=WEEKLY;BYDAY=MO,FR', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', 'FREQ=MONTHLY;BYMONTHDAY=5', 'FREQ=YEARLY'])(
    'is read and written alike: %s',
    (text) => {
      const rule = ruleOf(text);
      expect(rule === null ? null : textOfRule(rule)).toBe(text);
    },
  );

  it.each(['', 'FREQ=HOURLY', 'FREQ=MONTHLY;BYDAY=1MO', 'FREQ=DAILY;COUNT=3', 'FREQ=MONTHLY;BYMONTHDAY=-1'])(
    'stays text where a form cannot show it: %s',
    (text) => {
      expect(ruleOf(text)).toBeNull();
    },
  );
});
