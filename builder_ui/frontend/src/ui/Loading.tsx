// Waiting for content: nothing for 150 ms, then still blocks, after 5 s a word.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

export function Loading({ rows = 4 }: { rows?: number }) {
  const { t } = useTranslation();
  const [stage, setStage] = useState(0);
  useEffect(() => {
    const soon = setTimeout(() => setStage(1), 150);
    const late = setTimeout(() => setStage(2), 5000);
    return () => {
      clearTimeout(soon);
      clearTimeout(late);
    };
  }, []);
  if (stage === 0) return null;
  return (
    <div className="ui-blocks" role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row}>
          <i />
          <i />
          <i />
        </div>
      ))}
      {stage === 2 && <span className="muted sm">{t('stillLoading')}</span>}
    </div>
  );
}
