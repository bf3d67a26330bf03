// The rules of iCalendar (RFC 5545, RRULE) that a form can show: how often, every how many, on which days.

export const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
export type Frequency = (typeof FREQUENCIES)[number];
export type Rule = { frequency: Frequency; every: number; days: string[]; monthDay: number | null };
export const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** The rule as a form shows it; null for one that says more than that. */
export function ruleOf(text: string): Rule | null {
  const parts = new Map(text.split(';').map((part): [string, string] => [part.split('=')[0] ?? '', part.split('=')[1] ?? '']));
  const frequency = FREQUENCIES.find((each) => each === parts.get('FREQ'));
  const days = parts.get('BYDAY')?.split(',') ?? [];
  const monthDay = parts.get('BYMONTHDAY');
  const isKnown = [...parts.keys()].every((name) => ['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY'].includes(name));
  if (frequency === undefined || !isKnown || !days.every((day) => DAYS.includes(day))) return null;
  if (days.length > 0 && frequency !== 'WEEKLY') return null;
  if (monthDay !== undefined && (frequency !== 'MONTHLY' || !/^([1-9]|[12]\d|3[01])$/.test(monthDay))) return null;
  const every = Number(parts.get('INTERVAL') ?? 1);
  if (!Number.isInteger(every) || every < 1) return null;
  return { frequency, every, days, monthDay: monthDay === undefined ? null : Number(monthDay) };
}

export function textOfRule({ frequency, every, days, monthDay }: Rule): string {
  return [
    `FREQ=${frequency}`,
    ...(every > 1 ? [`INTERVAL=${String(every)}`] : []),
    ...(frequency === 'WEEKLY' && days.length > 0 ? [`BYDAY=${DAYS.filter((day) => days.includes(day)).join()}`] : []),
    ...(frequency === 'MONTHLY' && monthDay !== null ? [`BYMONTHDAY=${String(monthDay)}`] : []),
  ].join(';');
}
