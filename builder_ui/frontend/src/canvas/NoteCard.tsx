// A sticky note: written in place, kept in the document.
import type { NodeProps } from '@xyflow/react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBuilder } from '../builder/store';
import type { NoteNode } from './shapes';

function NoteCardView({ data, selected }: NodeProps<NoteNode>) {
  const { note } = data;
  const { t } = useTranslation('builder');
  const change = useBuilder((builder) => builder.change);
  const readOnly = useBuilder((builder) => builder.readOnly);
  // What is being typed: xyflow hands the document's text on a moment later.
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? note.text;
  return (
    <div className={`cv-note ${selected ? 'is-selected' : ''}`}>
      <textarea
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
