// The one wire: right-angled by its route, a gap where it passes over another, buttons at its middle.
import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { IconPlus, IconScissors } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Position } from '../document/flow';
import { middleOf, pathOf, type Crossing } from '../document/routing';
import { sizes } from '../theme/theme';
import { useWireActions } from './actions';
import type { WireHeat } from '../document/heat';
import type { WireEdge } from './shapes';

function WireLineView({ data, selected, id }: EdgeProps<WireEdge>) {
  const { t } = useTranslation('builder');
  const actions = useWireActions();
  const [pointed, setPointed] = useState(false);
  if (data === undefined) return null;
  const { wire, lit, passed, heat } = data;
  const path = pathOf(wire.points, sizes.wireRadius);
  const state = selected === true ? 'is-selected' : pointed || lit ? 'is-lit' : '';
  const middle = middleOf(wire.points);
  return (
    <g className={`cv-wire ${state} ${passed ? 'is-passed' : ''} ${heat === null ? '' : 'is-heat'}`} style={heatStyle(heat)} onMouseEnter={() => setPointed(true)} onMouseLeave={() => setPointed(false)}>
      {wire.over.map((crossing, index) => (
        <path key={index} d={gapAt(crossing)} className="cv-gap" />
      ))}
      <BaseEdge id={id} path={path} interactionWidth={sizes.handleHit} />
      <path d={arrowAt(wire.points)} className="cv-arrow" />
      {(pointed || selected === true) && actions !== null && (
        <EdgeLabelRenderer>
          <div
            className="cv-wire-buttons nodrag nopan"
            style={{ transform: `translate(-50%, -50%) translate(${String(middle.x)}px, ${String(middle.y)}px)` }}
            onMouseEnter={() => setPointed(true)}
            onMouseLeave={() => setPointed(false)}
          >
            <button type="button" aria-label={t('wire.insert')} title={t('wire.insert')} onClick={(event) => actions.insert(wire.edge, event)}>
              <IconPlus size={14} />
            </button>
            <button type="button" aria-label={t('wire.cut')} title={t('wire.cut')} onClick={() => actions.cut(wire.edge)}>
              <IconScissors size={14} />
            </button>
          </div>
        </EdgeLabelRenderer>
      )}
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
