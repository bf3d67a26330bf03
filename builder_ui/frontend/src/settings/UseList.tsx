// The flows and other things that name a thing of the account.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Uses } from './settings-api';

/** Each flow leads to the first step that names the thing. */
export function UseList({ uses }: { uses: Uses }) {
  const { t } = useTranslation('settings');
  return (
    <ul className="set-uses">
      {uses.flows.map((flow) => (
        <li key={flow.key}>
          <Link to={`/flows/${flow.id}${flow.nodes[0] === undefined ? '' : `?step=${flow.nodes[0]}`}`} className="link">
            {flow.name}
          </Link>
          <span className="sm muted">
            {[
              flow.draft ? t('remove.draft') : '',
              flow.live ? t('remove.live') : '',
              flow.nodes.length > 0 ? t('remove.nodes', { count: flow.nodes.length }) : t('remove.settings'),
            ]
              .filter((each) => each !== '')
              .join(' · ')}
          </span>
        </li>
      ))}
      {uses.others.map((other) => (
        <li key={`${other.kind}:${other.slug}`}>
          <b>{other.name}</b>
          <span className="sm muted">{t('remove.others')}</span>
        </li>
      ))}
    </ul>
  );
}
