// Several things go at once and are used: which of those that stay takes the place of each.
import { Button, Modal, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Gone } from './resource';

type Props = { gone: Gone[]; staying: Gone[]; onAnswer: (chosen: Record<string, string> | null) => void };

export function SuccessorsDialog({ gone, staying, onAnswer }: Props) {
  const { t } = useTranslation('settings');
  const [chosen, setChosen] = useState<Record<string, string>>({});
  return (
    <Modal opened onClose={() => onAnswer(null)} size={480} withCloseButton={false} attributes={{ content: { 'aria-label': t('stages.title') } }}>
      <div className="set-dialog">
        <h2>{t('stages.title')}</h2>
        <p>{t('stages.text')}</p>
        {gone.map(({ slug, name }) => (
          <Select
            key={slug}
            label={t('stages.for', { name })}
            data={staying.map((each) => ({ value: each.slug, label: each.name }))}
            value={chosen[slug] ?? null}
            onChange={(next) => next !== null && setChosen({ ...chosen, [slug]: next })}
          />
        ))}
      </div>
      <div className="set-dialog-foot">
        <Button variant="subtle" onClick={() => onAnswer(null)}>
          {t('cancel', { ns: 'common' })}
        </Button>
        <Button variant="filled" disabled={gone.some(({ slug }) => chosen[slug] === undefined)} onClick={() => onAnswer(chosen)}>
          {t('stages.act')}
        </Button>
      </div>
    </Modal>
  );
}
