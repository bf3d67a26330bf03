// Where a thing is used, below its form: asked only when somebody wants to know.
import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JsonObject } from '../document/json';
import { Failed } from '../ui/Failed';
import type { Resource } from './resource';
import { useUses } from './settings-api';
import { UseList } from './UseList';

export function Used({ resource, thing }: { resource: Resource; thing: JsonObject }) {
  const { t } = useTranslation('settings');
  const [open, setOpen] = useState(false);
  return (
    <div className="folded set-used">
      <button type="button" className="folded-head" aria-expanded={open} onClick={() => setOpen(!open)}>
        <IconChevronRight size={14} className={open ? 'is-open' : ''} />
        <b>{t('used.title')}</b>
      </button>
      {open && <Where resource={resource} thing={thing} />}
    </div>
  );
}

function Where({ resource, thing }: { resource: Resource; thing: JsonObject }) {
  const { t } = useTranslation('settings');
  const asked = useUses(resource, thing);
  if (asked.isError) return <Failed error={asked.error} onRetry={() => void asked.refetch()} />;
  if (asked.data === undefined) return <p className="sm muted">{t('remove.looking')}</p>;
  const isUsed = asked.data.flows.length + asked.data.others.length > 0;
  return isUsed ? <UseList uses={asked.data} /> : <p className="sm muted">{t('used.nowhere')}</p>;
}
