// Numbers as people read them: counts, shares, lengths of time.

export function countShown(count: number, language: string): string {
  return count.toLocaleString(language);
}

/** 0.298 → 29,8 % · 0.4 → 40 % */
export function shareShown(share: number, language: string): string {
  const percent = share * 100;
  const digits = percent > 0 && percent < 10 ? 1 : 0;
  return `${percent.toLocaleString(language, { maximumFractionDigits: digits })} %`;
}

/** 812 → 812 B · 12 300 → 12 KB · 2 500 000 → 2,4 MB */
export function sizeShown(bytes: number, language: string): string {
  if (bytes < 1024) return `${bytes.toLocaleString(language)} B`;
  const kilobytes = bytes / 1024;
  if (kilobytes < 1024) return `${Math.round(kilobytes).toLocaleString(language)} KB`;
  return `${(kilobytes / 1024).toLocaleString(language, { maximumFractionDigits: 1 })} MB`;
}

const units: [string, number][] = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
];

/** The two largest parts: 40 s · 3 min 40 s · 14 min · 2 h 5 min · 3 d */
export function timeShown(seconds: number, language: string): string {
  let left = Math.round(seconds);
  if (left < 1) return '< 1 s';
  const first = units.findIndex(([, size]) => left >= size);
  const parts: string[] = [];
  for (const [unit, size] of units.slice(first, first + (left >= 600 && left < 3600 ? 1 : 2))) {
    const count = Math.floor(left / size);
    if (count > 0) parts.push(`${count.toLocaleString(language)} ${unit}`);
    left -= count * size;
  }
  return parts.join(' ');
}
