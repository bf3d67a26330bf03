// Two versions of the flow, or one and the draft, as one drawing: what is new, changed and gone, and each change in words.
import { ActionIcon, Select } from '@mantine/core';
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useVersion, type Version } from '../builder/flow-api';
import { StepChanges } from '../builder/StepChanges';
import { useBuilder, useBuilderStore } from '../builder/store';
import { withPlaces } from '../document/drawing';
import { marked } from '../document/marks';
import { Loading } from '../ui/Loading';

/** Null is the draft. */
export type Compared = { from: number; to: number | null };
type Props = { versions: Version[]; compared: Compared; onCompare: (compared: Compared) => void; onBack: () => void };

export function ComparePane({ versions, compared, onCompare, onBack }: Props) {
  const { t } = useTranslation('results');
  const store = useBuilderStore();
  const { id } = useBuilder((builder) => builder.flow);
  const draft = useBuilder((builder) => builder.edited.document);
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const before = useVersion(id, compared.from).data?.document;
  const version = useVersion(id, compared.to).data?.document;
  const after = compared.to === null ? draft : version;
  const found = useMemo(
    () => (before === undefined || after === undefined ? null : marked(withPlaces(before, types, language), withPlaces(after, types, language), types, language)),
    [before, after, types, language],
  );
  useEffect(() => {
    if (found !== null) store.getState().set({ shown: found.document, marks: found.marks });
  }, [store, found]);
  const isDrawn = found !== null;
  useEffect(() => {
    if (!isDrawn) return;
    // After the palette has given up its room.
    const timer = setTimeout(() => store.getState().look([]), 60);
    return () => clearTimeout(timer);
  }, [store, isDrawn]);
  useEffect(() => () => store.getState().set({ shown: null, marks: null, opened: null }), [store]);
  const names = versions.map(({ number }) => ({ value: String(number), label: t('versionOf', { number }) }));

  return (
    <>
      <div className="row ver-pick">
        <ActionIcon size={28} aria-label={t('compare.back')} onClick={onBack}>
          <IconArrowLeft size={16} />
        </ActionIcon>
        <Select size="xs" aria-label={t('compare.from')} allowDeselect={false} data={names} value={String(compared.from)} onChange={(value) => onCompare({ ...compared, from: Number(value) })} />
        <IconArrowRight size={14} aria-hidden />
        <Select
          size="xs"
          aria-label={t('compare.to')}
          allowDeselect={false}
          data={[{ value: '', label: t('compare.draft') }, ...names]}
          value={compared.to === null ? '' : String(compared.to)}
          onChange={(value) => onCompare({ ...compared, to: value === null || value === '' ? null : Number(value) })}
        />
      </div>
      <div className="bld-side-body">
        {found === null && <Loading rows={4} />}
        {found?.changes.length === 0 && <p className="muted">{t('compare.same')}</p>}
        {found !== null && (
          <div className="changes">
            <StepChanges changes={found.changes} />
          </div>
        )}
      </div>
    </>
  );
}
