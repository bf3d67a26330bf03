// Deleting for good: where the thing is used, and what takes its place there.
import { Button, Modal, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '../api';
import type { JsonObject } from '../document/json';
import { FieldError } from '../forms/FieldError';
import { toast } from '../ui/toast';
import { idOf, keyOf, kindOf, nameOf, type Resource } from './resource';
import { usesIn, useRemoveThing, useUses } from './settings-api';
import { UseList } from './UseList';

type Props = { resource: Resource; thing: JsonObject; others: JsonObject[]; onClose: () => void; onRemoved: () => void };

export function RemoveDialog({ resource, thing, others, onClose, onRemoved }: Props) {
  const { t } = useTranslation('settings');
  const name = nameOf(resource, thing);
  const asked = useUses(resource, thing);
  const remove = useRemoveThing(resource);
  const [successor, setSuccessor] = useState<string | null>(null);
  const refused = remove.error instanceof Refused && remove.error.code === 'in_use' ? usesIn(remove.error.body) : null;
  const uses = refused ?? asked.data ?? null;
  const isUsed = uses !== null && uses.flows.length + uses.others.length > 0;
  const heirs = others.filter(
    (each) =>
      idOf(resource, each) !== idOf(resource, thing) &&
      kindOf(resource, each) === kindOf(resource, thing) &&
      (thing['type'] === undefined || each['type'] === thing['type']),
  );

  /** Not as the mutation's own callback: that would be lost when the list comes back without the thing first. */
  async function act() {
    await remove.mutateAsync({ thing, successor });
    toast({ text: t('remove.done', { name }) });
    onRemoved();
  }

  const why = remove.error instanceof Refused ? t(`errors.${remove.error.code}`, { defaultValue: remove.error.message }) : '';
  return (
    <Modal opened onClose={onClose} size={480} withCloseButton={false} attributes={{ content: { 'aria-label': t('remove.title', { name }) } }}>
      <div className="set-dialog">
        <h2>{t('remove.title', { name })}</h2>
        {asked.isLoading && <p className="muted">{t('remove.looking')}</p>}
        {!asked.isLoading && <p>{isUsed ? t('remove.used') : t('remove.unused')}</p>}
        {isUsed && <UseList uses={uses} />}
        {isUsed && heirs.length === 0 && <p className="muted">{t('remove.none')}</p>}
        {isUsed && heirs.length > 0 && (
          <Select
            label={t('remove.successor')}
            data-autofocus
            data={heirs.map((each) => ({ value: keyOf(resource, each), label: nameOf(resource, each) }))}
            value={successor}
            searchable={heirs.length > 7}
            onChange={setSuccessor}
          />
        )}
        {remove.isError && refused === null && <FieldError text={t('remove.failed', { why })} />}
      </div>
      <div className="set-dialog-foot">
        <Button variant="subtle" onClick={onClose}>
          {t('cancel', { ns: 'common' })}
        </Button>
        <Button variant="filled" disabled={asked.isLoading || (isUsed && successor === null)} loading={remove.isPending} onClick={() => void act().catch(() => undefined)}>
          {t('remove.act')}
        </Button>
      </div>
    </Modal>
  );
}
