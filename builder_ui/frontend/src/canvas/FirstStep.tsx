// What to do with a flow that only has its beginning, in words beside the open way out.
import { ViewportPortal } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { useBuilder } from '../builder/store';
import { right } from '../document/card';
import type { Cards } from '../document/drawing';

export function FirstStep({ cards }: { cards: Cards }) {
  const { t } = useTranslation('builder');
  const isNew = useBuilder(({ readOnly, edited }) => !readOnly && edited.document.nodes.length === 1 && edited.document.edges.length === 0);
  const [only] = cards.values();
  if (!isNew || only === undefined) return null;
  return (
    <ViewportPortal>
      <p className="cv-first" style={{ transform: `translate(${String(right(only.box) + 24)}px, ${String(only.box.y + 8)}px)` }}>
        {t('canvas.begin')}
      </p>
    </ViewportPortal>
  );
}
