// A sticky note: written in place, kept in the document.
import type { NodeProps } from '@xyflow/react';
import { memo, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBuilder, useBuilderStore } from '../builder/store';
import { noteId } from '../document/flow';
import type { NoteNode } from './shapes';

function NoteCardView({ data, selected }: NodeProps<NoteNode>) {
  const { note } = data;
  const { t } = useTranslation('builder');
  const change = useBuilder((builder) => builder.change);
  const readOnly = useBuilder((builder) => builder.readOnly);
  // What is being typed: xyflow hands the document's text on a moment later.
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? note.text;
  const store = useBuilderStore();
  const isNaming = useBuilder((builder) => builder.naming === noteId(note.id));
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (!isNaming) return;
    field.current?.focus({ preventScroll: true });
    store.getState().set({ naming: null });
  }, [isNaming, store]);
  return (
    <div className={`cv-note ${selected ? 'is-selected' : ''}`}>
      <textarea
        ref={field}
        className={selected ? 'nodrag' : ''}
        aria-label={t('note.label')}
        placeholder={t('note.hint')}
        value={text}
        readOnly={readOnly}
        rows={Math.max(3, text.split('\n').length + Math.floor(text.length / 34))}
        onChange={(event) => {
          setDraft(event.currentTarget.value);
          change({ kind: 'putNote', note: { ...note, text: event.currentTarget.value } }, `note:${note.id}`);
        }}
        onBlur={() => setDraft(null)}
      />
    </div>
  );
}

export const NoteCard = memo(NoteCardView);
