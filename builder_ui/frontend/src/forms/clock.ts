// Times of day as people type them: 9, 930, 9h30, 9:30 → 09:30.

/** HH:MM, or null where the text is no time of day; 24:00 only where a day may end so. */
export function clockOf(text: string, endOfDay = false): string | null {
  const match = /^(\d{1,2})(?:[:h.]?(\d{2}))?h?$/.exec(text.trim().toLowerCase());
  if (match === null) return null;
  const hours = Number(match[1]);
  const minutes = Number(match[2] ?? 0);
  if (minutes > 59 || hours > 24 || (hours === 24 && (minutes > 0 || !endOfDay))) return null;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
