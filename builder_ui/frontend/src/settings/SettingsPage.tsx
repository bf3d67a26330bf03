// The settings of the account: its things by section at the left, one list, one form beside it.
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, NavLink, useParams } from 'react-router';
import { useNodeTypes } from '../builder/flow-api';
import { PageHead } from '../shell/PageHead';
import { Failed } from '../ui/Failed';
import { Loading } from '../ui/Loading';
import { resources, sections } from './resources';
import { ResourceView } from './ResourceView';
import './settings.css';

export default function SettingsPage() {
  const { t } = useTranslation('settings');
  const { section, thing } = useParams();
  const types = useNodeTypes();
  const resource = resources.find((each) => each.id === section);
  const title = resource === undefined ? t('title') : t(`things.${resource.id}.title`);

  useEffect(() => {
    document.title = title;
    return () => {
      document.title = 'flowengine';
    };
  }, [title]);

  if (resource === undefined) return <Navigate to="/settings/tags" replace />;
  return (
    <>
      <PageHead title={t('title')} />
      <div className="set">
        <nav className="set-nav" aria-label={t('title')}>
          {sections.map((each) => (
            <div key={each.id} className="set-group">
              <h2>{t(`sections.${each.id}`)}</h2>
              {each.resources.map((one) => (
                <NavLink key={one.id} to={`/settings/${one.id}`} className="set-entry">
                  <one.icon size={16} aria-hidden />
                  <span className="ell">{t(`things.${one.id}.title`)}</span>
                </NavLink>
              ))}
            </div>
          ))}
        </nav>
        {types.isError && <Failed error={types.error} title={t('failed')} onRetry={() => void types.refetch()} />}
        {types.isPending && <Loading />}
        {types.data !== undefined && <ResourceView key={resource.id} resource={resource} types={types.data} opened={thing} />}
      </div>
    </>
  );
}
