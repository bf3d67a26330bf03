// Times as people read them: how long ago when it is fresh, else the date.

/** agora · há 2 min · 14:05 · 12/11 · 12/11/2025 */
export function moment(at: string, language: string, now: Date = new Date()): string {
  const then = new Date(at);
  const minutes = Math.round((now.getTime() - then.getTime()) / 60_000);
  if (minutes < 1) return language === 'pt-BR' ? 'agora' : 'now';
  if (minutes < 60) {
    return new Intl.RelativeTimeFormat(language, { style: 'narrow', numeric: 'auto' })
      .format(-minutes, 'minute')
      .replace(/\.$/, '');
  }
  return day(at, language, now);
}

/** 14:05 of today, else 12/11 · 12/11/2025 */
export function day(at: string, language: string, now: Date = new Date()): string {
  const then = new Date(at);
  if (then.toDateString() === now.toDateString()) return then.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' });
  const year = then.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  return then.toLocaleDateString(language, { day: '2-digit', month: '2-digit', year });
}
