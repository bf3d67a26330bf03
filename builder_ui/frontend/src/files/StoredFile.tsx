// A file that is kept: how it looks or sounds, what it is called, its format and size; replaced or taken away.
import { Button } from '@mantine/core';
import { IconFile, IconFileTypePdf, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Refused } from '../api';
import { FieldError } from '../forms/FieldError';
import { sizeShown } from '../ui/numbers';
import { useStored, type Stored } from './files-api';
import { formatOf } from './taken';

type Props = { value: string; disabled: boolean; onReplace: () => void; onRemove: () => void };

export function StoredFile({ value, disabled, onReplace, onRemove }: Props) {
  const { t, i18n } = useTranslation('files');
  const stored = useStored(value);
  const file = stored.data;
  const isGone = stored.error instanceof Refused;
  return (
    <div className="stored">
      {file !== undefined && <Look file={file} />}
      <div className="stored-foot">
        {file !== undefined && (
          <div className="stored-name">
            <a className="ell" href={file.url} target="_blank" rel="noopener noreferrer" title={file.name}>
              {file.name || t('unnamed')}
            </a>
            <span className="xs muted num">
              {formatOf(file.mime)} · {sizeShown(file.size, i18n.language)}
            </span>
          </div>
        )}
        {file === undefined && <span className="stored-name muted">{stored.isPending ? t('looking') : isGone ? t('gone') : t('notLooked')}</span>}
        {!disabled && (
          <div className="stored-acts">
            <Button size="xs" variant="default" leftSection={<IconRefresh size={14} />} onClick={onReplace}>
              {t('replace')}
            </Button>
            <Button size="xs" variant="subtle" leftSection={<IconTrash size={14} />} onClick={onRemove}>
              {t('remove')}
            </Button>
          </div>
        )}
      </div>
      {isGone && <FieldError text={t('goneHint')} />}
    </div>
  );
}

function Look({ file: { url, kind, mime, name } }: { file: Stored }) {
  const { t } = useTranslation('files');
  const label = t('preview', { name });
  switch (kind) {
    case 'image':
      return <img src={url} alt={label} />;
    case 'video':
      return <video src={url} controls preload="metadata" aria-label={label} />;
    case 'audio':
      return <audio src={url} controls preload="metadata" aria-label={label} />;
    case 'document':
      return <span className="stored-paper">{mime === 'application/pdf' ? <IconFileTypePdf size={28} /> : <IconFile size={28} />}</span>;
  }
}
