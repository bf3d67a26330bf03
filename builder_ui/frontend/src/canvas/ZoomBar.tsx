// The bar at the lower left: zoom, fit, layout, minimap.
import { ActionIcon, Tooltip } from '@mantine/core';
import { useReactFlow, useStore as useFlowStore } from '@xyflow/react';
import { IconLayoutGrid, IconMap2, IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBuilder, useBuilderStore } from '../builder/store';
import { arrange } from './editing';
import { reducedMotion } from './motion';

type Props = { minimap: boolean; onFit: () => void; onMinimap: () => void };

export const ZoomBar = memo(function ZoomBar({ minimap, onFit, onMinimap }: Props) {
  const { t } = useTranslation('builder');
  const store = useBuilderStore();
  const readOnly = useBuilder((builder) => builder.readOnly);
  const flow = useReactFlow();
  const cards = useBuilder((builder) => builder.hand)?.cards;
  const duration = reducedMotion() ? 0 : 320;

  return (
    <div className="cv-bar" role="toolbar" aria-label={t('zoom.label')}>
      <Tool label={t('zoom.out')} onClick={() => void flow.zoomOut({ duration: 120 })}>
        <IconMinus size={16} />
      </Tool>
      <button type="button" className="num cv-zoom" title={t('zoom.hundred')} onClick={() => void flow.zoomTo(1, { duration })}>
        <Percent />
      </button>
      <Tool label={t('zoom.in')} onClick={() => void flow.zoomIn({ duration: 120 })}>
        <IconPlus size={16} />
      </Tool>
      <hr aria-hidden />
      <Tool label={t('zoom.fit')} onClick={onFit}>
        <IconMaximize size={16} />
      </Tool>
      {!readOnly && (
        <Tool label={t('zoom.arrange')} onClick={() => cards !== undefined && arrange(store, cards())}>
          <IconLayoutGrid size={16} />
        </Tool>
      )}
      <Tool label={t('zoom.minimap')} pressed={minimap} onClick={onMinimap}>
        <IconMap2 size={16} />
      </Tool>
    </div>
  );
});

/** On its own, since it changes with every notch of the wheel. */
function Percent() {
  return <>{useFlowStore((state) => Math.round(state.transform[2] * 100))} %</>;
}

type ToolProps = { label: string; pressed?: boolean; onClick: () => void; children: ReactNode };

function Tool({ label, pressed, onClick, children }: ToolProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={28} aria-label={label} aria-pressed={pressed} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
