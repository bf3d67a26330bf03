// A sticky note: written in place, made larger at its corner, kept in the document.
import { useReactFlow, type NodeProps } from '@xyflow/react';
import { memo, useEffect, useRef, useState, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useBuilder, useBuilderStore } from '../builder/store';
import { noteId, type Note } from '../document/flow';
import { resized, sizeOf } from '../document/notes';
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
  const [pulled, setPulled] = useState<Note | null>(null);
  const { width, height } = sizeOf(pulled ?? { ...note, text });
  return (
    <div className={`cv-note ${selected ? 'is-selected' : ''}`} style={{ width, height }}>
      <textarea
        ref={field}
        className={selected ? 'nodrag' : ''}
        aria-label={t('note.label')}
        placeholder={t('note.hint')}
        value={text}
        readOnly={readOnly}
        onChange={(event) => {
          setDraft(event.currentTarget.value);
          change({ kind: 'putNote', note: { ...note, text: event.currentTarget.value } }, `note:${note.id}`);
        }}
        onBlur={() => setDraft(null)}
      />
      {selected && !readOnly && (
        <Grip
          note={note}
          onPull={setPulled}
          onDone={(next) => {
            setPulled(null);
            if (next !== null) change({ kind: 'putNote', note: next });
          }}
        />
      )}
    </div>
  );
}

type GripProps = { note: Note; onPull: (note: Note) => void; onDone: (note: Note | null) => void };

/** The lower right corner; by keys it is an action of its own. */
function Grip({ note, onPull, onDone }: GripProps) {
  const { t } = useTranslation('builder');
  const flow = useReactFlow();
  const start = useRef<{ x: number; y: number } | null>(null);
  const at = (event: PointerEvent) => {
    const zoom = flow.getZoom();
    return resized(note, { x: (event.clientX - (start.current?.x ?? event.clientX)) / zoom, y: (event.clientY - (start.current?.y ?? event.clientY)) / zoom });
  };
  return (
    <span
      className="cv-note-grip nodrag nopan"
      title={t('note.resize')}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, y: event.clientY };
      }}
      onPointerMove={(event) => {
        if (start.current !== null) onPull(at(event));
      }}
      onPointerUp={(event) => {
        onDone(start.current === null ? null : at(event));
        start.current = null;
      }}
      onPointerCancel={() => {
        start.current = null;
        onDone(null);
      }}
    />
  );
}

export const NoteCard = memo(NoteCardView);
