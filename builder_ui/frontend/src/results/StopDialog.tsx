// Before people are taken out of a flow: how many, what becomes of them; then how far it has come.
import { Button, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '../api';
import { useBuilder } from '../builder/store';
import { FieldError } from '../forms/FieldError';
import { toast } from '../ui/toast';
import type { Asked } from './People';
import { stopPeople } from './results-api';

export function StopDialog({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  const { t } = useTranslation('results');
  const { id } = useBuilder((builder) => builder.flow);
  const [done, setDone] = useState(0);
  const stop = useMutation({
    mutationFn: () => stopPeople(id, asked.which, setDone),
    onSuccess: (stopped) => {
      toast({ text: t('stop.done', { count: stopped }) });
      onClose();
    },
  });
  const title = t('stop.title', { count: asked.runs });
  return (
    <Modal opened onClose={onClose} size={440} withCloseButton={false} closeOnClickOutside={!stop.isPending} attributes={{ content: { 'aria-label': title } }}>
      <div className="dialog-head">
        <div className="grow">
          <h2>{title}</h2>
          <p className="muted">{asked.where}</p>
        </div>
      </div>
      <div className="dialog-body">
        <p>{t('stop.hint')}</p>
        {stop.isPending && done > 0 && <p className="muted num" role="status">{t('stop.progress', { done, count: asked.runs })}</p>}
        {stop.isError && <FieldError text={stop.error instanceof Refused ? stop.error.message : t('stop.failed')} />}
      </div>
      <div className="dialog-foot">
        <span className="grow" />
        <Button variant="subtle" disabled={stop.isPending} onClick={onClose}>
          {t('cancel', { ns: 'common' })}
        </Button>
        <Button color="red" variant="filled" loading={stop.isPending} onClick={() => stop.mutate()}>
          {t('stop.all', { count: asked.runs })}
        </Button>
      </div>
    </Modal>
  );
}
