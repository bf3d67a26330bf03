// Counts of days as small bars, today at the right; the part that failed in another colour.
type Props = { runs: number[]; failed: number[]; label: string };
const HEIGHT = 20;
const BAR = 2;
const STEP = 3;

export function Sparkline({ runs, failed, label }: Props) {
  const most = Math.max(...runs);
  if (most <= 0) return null;
  const high = (count: number, least: number) => (count === 0 ? 0 : Math.max(least, (count / most) * HEIGHT));
  return (
    <svg className="ui-sparkline" width={runs.length * STEP - 1} height={HEIGHT} role="img" aria-label={label}>
      <title>{label}</title>
      {runs.map((count, day) => (
        <g key={day}>
          <rect x={day * STEP} y={HEIGHT - high(count, 2)} width={BAR} height={high(count, 2)} />
          <rect className="is-failed" x={day * STEP} y={HEIGHT - high(failed[day] ?? 0, 1)} width={BAR} height={high(failed[day] ?? 0, 1)} />
        </g>
      ))}
    </svg>
  );
}
