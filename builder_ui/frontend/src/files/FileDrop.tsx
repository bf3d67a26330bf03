// Where a file is chosen, dropped or pasted; on its way it shows how far it is.
import { Button, Progress } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { sizeShown } from '../ui/numbers';
import type { Kind, Limits, Sending } from './files-api';
import { saidOf } from './taken';

type Props = { kind: Kind; limits: Limits | undefined; isOver: boolean; sending: Sending | null; disabled: boolean; onChoose: () => void; onCancel: () => void };

export function FileDrop({ kind, limits, isOver, sending, disabled, onChoose, onCancel }: Props) {
  const { t, i18n } = useTranslation('files');
  if (sending !== null) {
    const percent = Math.round(sending.share * 100);
    return (
      <div className="drop">
        <span className="ell drop-name">{t('sending', { name: sending.name })}</span>
        <div className="drop-way">
          <Progress value={percent} aria-label={t('sending', { name: sending.name })} />
          <span className="xs num">{percent} %</span>
        </div>
        <Button size="xs" variant="subtle" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    );
  }
  return (
    <div className={`drop ${isOver ? 'is-over' : ''}`}>
      <Button size="xs" variant="default" leftSection={<IconUpload size={14} />} disabled={disabled} onClick={onChoose}>
        {t(`choose.${kind}`)}
      </Button>
      <span className="xs muted">{kind === 'image' ? t('dropOrPaste') : t('drop')}</span>
      {limits !== undefined && (
        <ul className="drop-limits xs muted">
          <li>{t('most', { most: sizeShown(limits.most, i18n.language) })}</li>
          {saidOf(limits, kind, i18n.language).map(({ channel, most, types }) => (
            <li key={channel}>{t('taken', { channel, what: [most === null ? '' : t('upTo', { most }), listed(types, i18n.language)].filter(Boolean).join(', ') })}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function listed(words: string[], language: string): string {
  return new Intl.ListFormat(language, { type: 'disjunction' }).format(words);
}
