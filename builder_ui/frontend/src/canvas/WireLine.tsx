// The one wire: right-angled by its route, a gap where it passes over another.
import { memo } from 'react';
import type { WireHeat } from '../document/heat';
import type { Position } from '../document/flow';
import { pathOf, type Crossing } from '../document/routing';
import { sizes } from '../theme/theme';
import type { DrawnWire } from './shapes';

/** Without a hook of its own: of these there may be a thousand. */
function WireLineView({ line, pointed }: { line: DrawnWire; pointed: boolean }) {
  const { id, wire, chosen, lit, passed, heat } = line;
  const path = pathOf(wire.points, sizes.wireRadius);
  const state = chosen ? 'is-selected' : pointed || lit ? 'is-lit' : '';
  return (
    <g
      className={`react-flow__edge nopan selectable cv-wire ${state} ${passed ? 'is-passed' : ''} ${heat === null ? '' : 'is-heat'}`}
      style={heatStyle(heat)}
      data-wire={id}
      tabIndex={0}
      role="group"
      aria-roledescription="edge"
      aria-label={`${wire.edge.source} → ${wire.edge.target}`}
    >
      {wire.over.map((crossing, index) => (
        <path key={index} d={gapAt(crossing)} className="cv-gap" />
      ))}
      <path d={path} className="react-flow__edge-path" />
      <path d={path} className="cv-wire-hold" strokeWidth={sizes.handleHit} />
      <path d={arrowAt(wire.points)} className="cv-arrow" />
    </g>
  );
}

export const WireLine = memo(WireLineView);

function heatStyle(heat: WireHeat | null) {
  const style: Record<`--${string}`, string> = heat === null ? {} : { '--heat-width': `${String(heat.width)}px`, '--heat-part': `${String(heat.part)}%` };
  return style;
}

function gapAt({ at, level }: Crossing): string {
  const reach = 5;
  const [from, to] = level
    ? [`${String(at.x - reach)} ${String(at.y)}`, `${String(at.x + reach)} ${String(at.y)}`]
    : [`${String(at.x)} ${String(at.y - reach)}`, `${String(at.x)} ${String(at.y + reach)}`];
  return `M${from}L${to}`;
}

/** A small open arrow at the end, in the direction of the last stretch. */
function arrowAt(points: Position[]): string {
  const end = points.at(-1);
  const before = points.at(-2);
  if (end === undefined || before === undefined) return '';
  const { x, y } = end;
  if (end.y === before.y) return `M${String(x - 8)} ${String(y - 4.5)}L${String(x - 1)} ${String(y)}L${String(x - 8)} ${String(y + 4.5)}`;
  return `M${String(x - 4.5)} ${String(y - 8)}L${String(x)} ${String(y - 1)}L${String(x + 4.5)} ${String(y - 8)}`;
}
