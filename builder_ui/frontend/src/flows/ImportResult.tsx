// What has become of an import: the new drafts, what was created for them, what is still open.
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Imported } from './bundle';

export function ImportResult({ done, onClose }: { done: Imported; onClose: () => void }) {
  const { t } = useTranslation('flows');
  return (
    <>
      <p className="muted">{t('import.drafts')}</p>
      <ul className="import-rows">
        {done.flows.map((flow) => (
          <li key={flow.id}>
            <Link to={`/flows/${flow.id}`} className="import-row import-link" onClick={onClose}>
              <span className="grow">
                <b className="ell">{flow.name}</b>
                <span className="sm muted">{flow.key}</span>
              </span>
              <IconArrowRight size={16} aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
      <Listed title={t('import.created', { count: done.created.length })} names={done.created} />
      <Listed title={t('import.aliases')} names={Object.entries(done.aliases).map(([name, target]) => `${name} → ${target}`)} />
      <Listed title={t('import.left', { count: done.left.length })} names={done.left} hint={t('import.leftHint')} />
    </>
  );
}

function Listed({ title, names, hint }: { title: string; names: string[]; hint?: string }) {
  const { t } = useTranslation('flows');
  if (names.length === 0) return null;
  return (
    <section className="import-part">
      <h3>{title}</h3>
      {hint !== undefined && <p className="sm muted">{hint}</p>}
      <ul className="import-names">
        {names.map((name) => {
          const [kind = '', ...slug] = name.split(':');
          return (
            <li key={name}>
              <span className="muted">{t(`things.${kind}`, { defaultValue: kind })}</span> {slug.join(':')}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
