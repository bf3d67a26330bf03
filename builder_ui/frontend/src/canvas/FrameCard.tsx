// A frame: tinted paper with a title behind its steps; the title moves it, the paper lets the canvas through.
import type { NodeProps } from '@xyflow/react';
import { memo, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBuilder, useBuilderStore } from '../builder/store';
import { setFrame } from './editing';
import type { FrameNode } from './shapes';

function FrameCardView({ data, selected }: NodeProps<FrameNode>) {
  const { frame, count } = data;
  const { t } = useTranslation('builder');
  const store = useBuilderStore();
  const readOnly = useBuilder((builder) => builder.readOnly);
  const isNaming = useBuilder((builder) => builder.naming === frame.id);
  const field = useRef<HTMLInputElement>(null);
  // What is being typed: xyflow hands the document's text on a moment later.
  const [draft, setDraft] = useState<string | null>(null);

  useEffect(() => {
    if (!isNaming) return;
    field.current?.focus();
    store.getState().set({ naming: null });
  }, [isNaming, store]);

  return (
    <div className={`cv-frame is-${frame.color ?? 'sand'} ${selected ? 'is-selected' : ''}`}>
      <div className="cv-frame-title">
        <input
          ref={field}
          className={selected ? 'nodrag' : ''}
          aria-label={t('frame.name')}
          placeholder={t('frame.hint')}
          maxLength={80}
          readOnly={readOnly}
          value={draft ?? frame.label ?? ''}
          onChange={(event) => {
            setDraft(event.currentTarget.value);
            setFrame(store, { ...frame, label: event.currentTarget.value }, `frame:${frame.id}`);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
          }}
          onBlur={() => setDraft(null)}
        />
        <span className="xs muted num">{t('frame.count', { count })}</span>
      </div>
    </div>
  );
}

export const FrameCard = memo(FrameCardView);
