// A large flow from afar: all wires one line, all cards one shape with spots in the colours of their groups; nothing of it is an element of its own.
import { memo, useMemo } from 'react';
import { useBuilder } from '../builder/store';
import type { Box } from '../document/card';
import type { Cards } from '../document/drawing';
import { groupOf } from '../document/schema';
import { pathOf } from '../document/routing';
import { outlineOf, type DrawnWire } from './shapes';
import { useWording } from './wording';

const SPOT = 84; // px across, on a card of 232

function OverviewView({ cards, lines }: { cards: Cards; lines: readonly DrawnWire[] }) {
  const { types } = useWording();
  const selected = useBuilder((builder) => builder.selected);
  const wires = useMemo(() => lines.map((line) => pathOf(line.wire.points, 0)).join(''), [lines]);
  const boxes = useMemo(() => outlineOf([...cards.values()].map((card) => card.box)), [cards]);
  const chosen = useMemo(() => outlineOf([...cards].flatMap(([id, card]) => (selected.has(id) ? [card.box] : []))), [cards, selected]);
  const spots = useMemo(() => {
    const groups = new Map<string, Box[]>();
    for (const { box, node } of cards.values()) {
      const group = groupOf(types.types[node.type]);
      const some = groups.get(group) ?? [];
      some.push(spotOf(box));
      groups.set(group, some);
    }
    return [...groups].map(([group, some]): [string, string] => [group, outlineOf(some)]);
  }, [cards, types]);
  return (
    <g className="cv-overview" aria-hidden>
      <path className="cv-overview-wires" d={wires} />
      <path className="cv-waiting" d={boxes} />
      {spots.map(([group, spot]) => (
        <path key={group} d={spot} style={{ fill: `var(--cat-${group})` }} />
      ))}
      <path className="cv-overview-chosen" d={chosen} />
    </g>
  );
}

export const Overview = memo(OverviewView);

function spotOf({ x, y, width, height }: Box): Box {
  const size = Math.min(SPOT, height - 16);
  return { x: x + (width - size) / 2, y: y + (height - size) / 2, width: size, height: size };
}
