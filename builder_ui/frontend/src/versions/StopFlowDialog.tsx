// Stopping a flow: nobody begins it any more; who is in it goes on, goes to the team, or ends. And letting it begin again.
import './versions.css';
import { Button, Modal, Radio } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, Refused } from '../api';
import { useBuilder, useBuilderStore } from '../builder/store';
import { FieldError } from '../forms/FieldError';
import { stopPeople, usePeople } from '../results/results-api';
import { toast } from '../ui/toast';

const fates = ['stay', 'default_team', 'end'] as const;
type Fate = (typeof fates)[number];

export function StopFlowDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('versions');
  const store = useBuilderStore();
  const queries = useQueryClient();
  const { id } = useBuilder((builder) => builder.flow);
  const name = useBuilder((builder) => builder.edited.document.name);
  const isStopped = useBuilder((builder) => builder.stopped);
  const present = usePeople(id).data?.runs ?? 0;
  const [fate, setFate] = useState<Fate>('stay');
  const act = useMutation({
    mutationFn: async () => {
      const { stopped_at } = await api.put<{ stopped_at: string | null }>(`/flows/${id}/stopped`, { stopped: !isStopped });
      store.getState().set({ stopped: stopped_at !== null });
      if (!isStopped && present > 0 && fate !== 'stay') await stopPeople(id, { then: fate }, () => undefined);
      return stopped_at !== null;
    },
    onSuccess: (stopped) => {
      toast({ text: t(stopped ? 'stop.stopped' : 'stop.resumed') });
      onClose();
    },
    onSettled: () => {
      for (const key of [['flows'], ['results', id]]) void queries.invalidateQueries({ queryKey: key });
    },
  });
  const title = t(isStopped ? 'stop.resumeTitle' : 'stop.title', { name });
  return (
    <Modal opened onClose={onClose} size={480} withCloseButton={false} closeOnClickOutside={!act.isPending} attributes={{ content: { 'aria-label': title } }}>
      <div className="dialog-head">
        <h2 className="grow">{title}</h2>
      </div>
      <div className="dialog-body">
        <p>{t(isStopped ? 'stop.resumeHint' : 'stop.hint')}</p>
        {!isStopped && present > 0 && (
          <Radio.Group label={t('stop.present', { count: present })} value={fate} onChange={(next) => setFate(fates.find((each) => each === next) ?? 'stay')}>
            <div className="ver-waiting">
              {fates.map((each) => (
                <Radio key={each} value={each} label={t(`stop.${each}`)} description={t(`stop.${each}Hint`)} />
              ))}
            </div>
          </Radio.Group>
        )}
        {act.isError && <FieldError text={act.error instanceof Refused ? act.error.message : t('stop.failed')} />}
      </div>
      <div className="dialog-foot">
        <span className="grow" />
        <Button variant="subtle" disabled={act.isPending} onClick={onClose}>
          {t('cancel', { ns: 'common' })}
        </Button>
        <Button variant="filled" {...(isStopped ? {} : { color: 'red' })} loading={act.isPending} onClick={() => act.mutate()}>
          {t(isStopped ? 'stop.resume' : 'stop.act')}
        </Button>
      </div>
    </Modal>
  );
}
