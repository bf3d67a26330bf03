// Steps that are new, changed or removed, and of the changed ones what was and what will be.
import { useTranslation } from 'react-i18next';
import type { FieldChange, StepChange } from '../document/differing';
import { titleOf } from '../document/schema';
import { chipOf, namesOf, piecesOf, statementChip } from '../document/template';
import { wordingOf, type Part } from '../document/wording';
import { Chip, type Tone } from '../ui/Chip';
import { useBuilder } from './store';

const tones: Record<StepChange['kind'], Tone> = { new: 'ok', changed: 'info', removed: 'bad' };

export function StepChanges({ changes }: { changes: StepChange[] }) {
  const { t } = useTranslation('builder');
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  return changes.map(({ kind, node, fields }) => {
    const type = titleOf(types.types[node.type] ?? {}, language);
    const name = node.label ?? '';
    return (
      <div key={node.id} className="changes-step">
        <p className="row">
          <Chip tone={tones[kind]}>{t(`changes.${kind}`)}</Chip>
          <b className="grow">{name === '' ? type : `${type} · ${name}`}</b>
        </p>
        {fields.map((field, index) => (
          <Field key={index} field={field} />
        ))}
      </div>
    );
  });
}

function Field({ field }: { field: FieldChange }) {
  const { t } = useTranslation('builder');
  const { before, after } = wordingOf(field.before, field.after);
  return (
    <div className="changes-field">
      <span className="sm muted">{field.title === '' ? t('inspector.name') : field.title}</span>
      {before.length > 0 && <del><Words parts={before} /></del>}
      {after.length > 0 && <ins><Words parts={after} /></ins>}
    </div>
  );
}

/** What differs inside of a line is marked there, too. */
function Words({ parts }: { parts: Part[] }) {
  return parts.map((part, index) =>
    part.differs ? (
      <mark key={index}>
        <Text text={part.text} />
      </mark>
    ) : (
      <Text key={index} text={part.text} />
    ),
  );
}

/** A text with its variables as chips, as the author knows it from the form. */
function Text({ text }: { text: string }) {
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const document = useBuilder((builder) => builder.edited.document);
  const names = namesOf(document, types, language);
  return piecesOf(text).map((piece, index) =>
    piece.kind === 'text' ? (
      piece.text
    ) : (
      <span key={index} className={piece.kind === 'expression' ? 'ui-var' : 'ui-var is-statement'}>
        {piece.kind === 'expression' ? chipOf(piece.expression, names) : statementChip(piece.statement, names, language)}
      </span>
    ),
  );
}
