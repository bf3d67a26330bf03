// What has become of an import: the new drafts, what was created for them, what is still open.
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Imported } from './bundle';

type Props = {
  done: Imported;
  /** What a thing of the bundle is called; `target`: what one of the account is called. */
  nameOf: (kind: string, slug: string) => string;
  targetOf: (kind: string, slug: string) => string;
  onClose: () => void;
};

export function ImportResult({ done, nameOf, targetOf, onClose }: Props) {
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
      <Listed title={t('import.created', { count: done.created.length })} names={done.created} say={nameOf} />
      <Listed
        title={t('import.aliases')}
        names={Object.keys(done.aliases)}
        say={(kind, slug) => `${nameOf(kind, slug)} → ${targetOf(kind, done.aliases[`${kind}:${slug}`] ?? '')}`}
      />
      <Listed title={t('import.left', { count: done.left.length })} names={done.left} say={nameOf} hint={t('import.leftHint')} />
    </>
  );
}

type ListedProps = { title: string; names: string[]; say: (kind: string, slug: string) => string; hint?: string };

function Listed({ title, names, say, hint }: ListedProps) {
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
              <span className="muted">{t(`things.${kind}`, { defaultValue: kind })}</span> {say(kind, slug.join(':'))}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
