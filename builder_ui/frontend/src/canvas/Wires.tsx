// All wires in one drawing below the cards, and what can be done to the one that is pointed at; in place of cards that are still to come, their outlines.
import { ViewportPortal } from '@xyflow/react';
import { IconPlus, IconScissors } from '@tabler/icons-react';
import { memo, useState, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cards } from '../document/drawing';
import type { Edge } from '../document/flow';
import { middleOf } from '../document/routing';
import { Overview } from './Overview';
import { outlineOf, type DrawnWire } from './shapes';
import type { Sight } from './sight';
import { WireLine } from './WireLine';

/** What is done with a wire; `edge` as it is drawn. */
export type WireHands = {
  pick: (edge: Edge) => void;
  menu: (edge: Edge, event: MouseEvent) => void;
  insert: (edge: Edge, event: MouseEvent) => void;
  cut: (edge: Edge) => void;
};
type Props = { lines: readonly DrawnWire[]; cards: Cards; sight: Sight; readOnly: boolean; hands: WireHands };

function WiresView({ lines, cards, sight, readOnly, hands }: Props) {
  const [pointed, setPointed] = useState<string | null>(null);
  const seen = lines.filter((line) => sight.wires.has(line.id));
  const held = seen.filter((line) => line.chosen || line.id === pointed);
  const edgeAt = (target: EventTarget | null) => lines.find((line) => line.id === wireAt(target))?.wire.edge;
  const draw = (line: DrawnWire) => <WireLine key={line.id} line={line} pointed={line.id === pointed} />;
  return (
    <ViewportPortal>
      <div
        className="cv-wires"
        onClick={(event) => {
          const edge = edgeAt(event.target);
          if (edge !== undefined) hands.pick(edge);
        }}
        onContextMenu={(event) => {
          const edge = edgeAt(event.target);
          if (edge !== undefined) hands.menu(edge, event);
        }}
        onMouseOver={(event) => setPointed(wireAt(event.target))}
        onMouseOut={(event) => setPointed(wireAt(event.relatedTarget))}
      >
        <svg>
          {sight.isFar && <Overview cards={cards} lines={lines} />}
          {seen.filter((line) => !line.chosen).map(draw)}
          {sight.waiting.length > 0 && <path className="cv-waiting" d={outlineOf(sight.waiting)} />}
        </svg>
        <svg className="is-chosen">{seen.filter((line) => line.chosen).map(draw)}</svg>
        {!readOnly && held.map((line) => <WireButtons key={line.id} line={line} hands={hands} />)}
      </div>
    </ViewportPortal>
  );
}

export const Wires = memo(WiresView);

function WireButtons({ line, hands }: { line: DrawnWire; hands: WireHands }) {
  const { t } = useTranslation('builder');
  const { x, y } = middleOf(line.wire.points);
  const { edge } = line.wire;
  return (
    <div className="cv-wire-buttons nodrag nopan" data-wire={line.id} style={{ transform: `translate(-50%, -50%) translate(${String(x)}px, ${String(y)}px)` }}>
      <button
        type="button"
        aria-label={t('wire.insert')}
        title={t('wire.insert')}
        onClick={(event) => {
          event.stopPropagation();
          hands.insert(edge, event);
        }}
      >
        <IconPlus size={14} />
      </button>
      <button
        type="button"
        aria-label={t('wire.cut')}
        title={t('wire.cut')}
        onClick={(event) => {
          event.stopPropagation();
          hands.cut(edge);
        }}
      >
        <IconScissors size={14} />
      </button>
    </div>
  );
}

function wireAt(target: EventTarget | null): string | null {
  return target instanceof Element ? (target.closest('[data-wire]')?.getAttribute('data-wire') ?? null) : null;
}
