// What a publication changes, against the version that is live.
import { Button } from '@mantine/core';
import { IconLayoutGrid } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { differing } from '../document/differing';
import type { FlowDocument } from '../document/flow';
import { StepChanges } from './StepChanges';
import { useBuilder, useBuilderStore } from './store';

export function ChangeList({ since, number }: { since: FlowDocument; number: number }) {
  const { t } = useTranslation('builder');
  const store = useBuilderStore();
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const document = useBuilder((builder) => builder.edited.document);
  const changes = differing(since, document, types, language);
  return (
    <section className="changes" aria-label={t('changes.label')}>
      <div className="row">
        <h3 className="grow">{changes.length === 0 ? t('changes.none', { number }) : t('changes.title', { count: changes.length, number })}</h3>
        {changes.length > 0 && (
          <Button size="xs" leftSection={<IconLayoutGrid size={14} />} onClick={() => store.getState().set({ asks: null, opened: null, side: 'history', compareAsked: number })}>
            {t('onCanvas', { ns: 'versions' })}
          </Button>
        )}
      </div>
      <StepChanges changes={changes} />
    </section>
  );
}
