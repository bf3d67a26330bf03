// What a publication changes, against the version that is live.
import { useTranslation } from 'react-i18next';
import { differing } from '../document/differing';
import type { FlowDocument } from '../document/flow';
import { StepChanges } from './StepChanges';
import { useBuilder } from './store';

export function ChangeList({ since, number }: { since: FlowDocument; number: number }) {
  const { t } = useTranslation('builder');
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const document = useBuilder((builder) => builder.edited.document);
  const changes = differing(since, document, types, language);
  return (
    <section className="changes" aria-label={t('changes.label')}>
      <h3>{changes.length === 0 ? t('changes.none', { number }) : t('changes.title', { count: changes.length, number })}</h3>
      <StepChanges changes={changes} />
    </section>
  );
}
