// Something failed: what, what still works, try again, and the code for whoever must look.
import { Button } from '@mantine/core';
import { IconAlertCircle, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Refused, Unreachable } from '../api';

export function Failed({ error, title, onRetry }: { error: unknown; title?: string; onRetry?: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="ui-state failed" role="alert">
      <IconAlertCircle size={16} />
      <div>
        <h2>{title ?? t('failed.title')}</h2>
        <p>{explain(error, t('failed.unreachable'), t('failed.ours'))}</p>
        <div className="actions">
          {onRetry !== undefined && (
            <Button leftSection={<IconRefresh size={14} />} onClick={onRetry}>
              {t('retry')}
            </Button>
          )}
          <code>{codeOf(error)}</code>
        </div>
      </div>
    </div>
  );
}

function explain(error: unknown, unreachable: string, ours: string): string {
  if (error instanceof Unreachable) return unreachable;
  if (error instanceof Refused && error.status < 500) return error.message;
  return ours;
}

function codeOf(error: unknown): string {
  if (error instanceof Refused) return error.code;
  return error instanceof Unreachable ? 'unreachable' : 'unexpected';
}
