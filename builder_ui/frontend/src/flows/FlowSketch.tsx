// A flow as one sees it from far away: its cards in the colours of their groups, and what leads where.
import { useTranslation } from 'react-i18next';
import { useMemo } from 'react';
import { useNodeTypes } from '../builder/flow-api';
import { ENTRY, handleAt, type Card } from '../document/card';
import { cardsOf, withPlaces } from '../document/drawing';
import type { FlowDocument } from '../document/flow';
import { groupOf, type Language, type NodeTypes } from '../document/schema';
import { currentLanguage } from '../i18n';

const MARGIN = 40;

export function FlowSketch({ document }: { document: FlowDocument }) {
  const { t } = useTranslation('flows');
  const types = useNodeTypes().data;
  return (
    <div className="sketch" role="img" aria-label={t('new.preview', { name: document.name, count: document.nodes.length })}>
      {types !== undefined && <Drawing document={document} types={types} language={currentLanguage()} />}
    </div>
  );
}

function Drawing({ document, types, language }: { document: FlowDocument; types: NodeTypes; language: Language }) {
  const cards = useMemo(() => cardsOf(withPlaces(document, types, language), types, language), [document, types, language]);
  const boxes = [...cards.values()].map((card) => card.box);
  const left = Math.min(...boxes.map((box) => box.x)) - MARGIN;
  const top = Math.min(...boxes.map((box) => box.y)) - MARGIN;
  const width = Math.max(...boxes.map((box) => box.x + box.width)) + MARGIN - left;
  const height = Math.max(...boxes.map((box) => box.y + box.height)) + MARGIN - top;
  return (
    <svg viewBox={`${String(left)} ${String(top)} ${String(width)} ${String(height)}`} preserveAspectRatio="xMidYMid meet">
      {document.edges.map((edge) => {
        const source = cards.get(edge.source);
        const target = cards.get(edge.target);
        return source === undefined || target === undefined ? null : (
          <path key={`${edge.source}:${edge.port}`} className="sketch-wire" d={way(source, edge.port, target)} />
        );
      })}
      {[...cards.values()].map(({ node, box }) => {
        const group = groupOf(types.types[node.type]);
        return (
          <g key={node.id}>
            <rect className="sketch-card" x={box.x} y={box.y} width={box.width} height={box.height} rx={12} />
            <rect x={box.x + 14} y={box.y + 12} width={28} height={28} rx={8} fill={`var(--cat-${group})`} />
            <rect className="sketch-line" x={box.x + 54} y={box.y + 20} width={110} height={12} rx={6} />
          </g>
        );
      })}
    </svg>
  );
}

/** From the handle to the middle of the head, bent half-way; under a card straight down. */
function way(source: Card, port: string, target: Card): string {
  const isBelow = Math.abs(source.box.x - target.box.x) < 8 && target.box.y > source.box.y;
  const from = handleAt(source, port, isBelow);
  const x = source.box.x + from.x;
  const y = source.box.y + from.y;
  if (isBelow) return `M ${String(x)} ${String(y)} V ${String(target.box.y)}`;
  const end = { x: target.box.x, y: target.box.y + ENTRY };
  return `M ${String(x)} ${String(y)} H ${String((x + end.x) / 2)} V ${String(end.y)} H ${String(end.x)}`;
}
