// The wire while it is being pulled: dashed, right-angled.
import type { ConnectionLineComponentProps } from '@xyflow/react';
import { pathOf } from '../document/routing';
import { sizes } from '../theme/theme';

export function PullLine({ fromX, fromY, toX, toY }: ConnectionLineComponentProps) {
  const middle = Math.max(fromX + 16, (fromX + toX) / 2);
  const corners = [
    { x: fromX, y: fromY },
    { x: middle, y: fromY },
    { x: middle, y: toY },
    { x: toX, y: toY },
  ];
  return (
    <g>
      <path d={pathOf(corners, sizes.wireRadius)} className="cv-pull" />
      <circle cx={toX} cy={toY} r={5} className="cv-pull-end" />
    </g>
  );
}
