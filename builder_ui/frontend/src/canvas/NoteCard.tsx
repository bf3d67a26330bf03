// A sticky note: written in place, kept in the document.
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useBuilder } from '../builder/store';
import type { NoteNode } from './shapes';

function NoteCardView({ data, selected }: NodeProps<NoteNode>) {
  const { note } = data;
  const { t } = useTranslation('builder');
  const change = useBuilder((builder) => builder.change);
  const readOnly = useBuilder((builder) => builder.readOnly);
  return (
    <div className={`cv-note ${selected ? 'is-selected' : ''}`}>
      <textarea
        className={selected ? 'nodrag' : ''}
        aria-label={t('note.label')}
        placeholder={t('note.hint')}
        value={note.text}
        readOnly={readOnly}
        rows={Math.max(3, note.text.split('\n').length + Math.floor(note.text.length / 34))}
        onChange={(event) => change({ kind: 'putNote', note: { ...note, text: event.currentTarget.value } }, `note:${note.id}`)}
      />
    </div>
  );
}

export const NoteCard = memo(NoteCardView);
