// On which channels the flow goes live, which flows answer there already, and what it means to choose none.
import { Checkbox } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

export type Place = { key: string; name: string; earlier: string[] };
type Props = { places: Place[]; chosen: string[]; onChange: (chosen: string[]) => void };

export function LiveOn({ places, chosen, onChange }: Props) {
  const { t } = useTranslation('builder');
  if (places.length === 0) return null;
  return (
    <div>
      <Checkbox.Group label={t('publish.where')} value={chosen} onChange={onChange}>
        <div className="channels">
          {places.map(({ key, name, earlier }) => (
            <Checkbox key={key} value={key} label={name} description={earlier.length === 0 ? undefined : t('publish.after', { names: earlier.join(', ') })} />
          ))}
        </div>
      </Checkbox.Group>
      {places.some((place) => place.earlier.length > 0) && (
        <p className="frame-hint">
          {t('inPublish', { ns: 'answering' })}{' '}
          <Link to="/settings/channels" className="link">
            {t('inPublishLink', { ns: 'answering' })}
          </Link>
        </p>
      )}
      {chosen.length === 0 && (
        <p className="gate is-warning sm ver-nowhere">
          <IconAlertTriangle size={14} aria-hidden /> {t('nowhere', { ns: 'versions' })}
        </p>
      )}
    </div>
  );
}

/** A first version is offered the one channel on which nothing answers yet. */
export function firstChoice(bound: string[], places: Place[], isFirst: boolean): string[] {
  const free = places.filter((place) => place.earlier.length === 0);
  return isFirst && bound.length === 0 && free.length === 1 ? free.map((place) => place.key) : bound;
}
