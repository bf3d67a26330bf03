// Before an earlier version goes live again: what it becomes, and that the draft stays.
import { Button, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, Refused } from '../api';
import { flowApi } from '../builder/flow-api';
import { useBuilder, useBuilderStore } from '../builder/store';
import { FieldError } from '../forms/FieldError';
import { toast } from '../ui/toast';

export function AgainDialog({ number, next, onClose }: { number: number; next: number; onClose: () => void }) {
  const { t } = useTranslation('results');
  const store = useBuilderStore();
  const queries = useQueryClient();
  const { id } = useBuilder((builder) => builder.flow);
  const again = useMutation({
    mutationFn: () => api.post<{ number: number }>(`/flows/${id}/versions/${String(number)}/publish`, { note: t('again.note', { number }) }),
    onSuccess: async (version) => {
      const fresh = await flowApi.read(id);
      store.getState().set({ live: fresh.live, differs: fresh.draft_differs, changes: fresh.changes });
      void queries.invalidateQueries({ queryKey: ['versions', id] });
      void queries.invalidateQueries({ queryKey: ['flows'] });
      toast({ text: t('again.done', { number: version.number }) });
      onClose();
    },
  });
  const title = t('again.title', { number });
  return (
    <Modal opened onClose={onClose} size={440} withCloseButton={false} attributes={{ content: { 'aria-label': title } }}>
      <div className="dialog-head">
        <h2 className="grow">{title}</h2>
      </div>
      <div className="dialog-body">
        <p>{t('again.hint', { next })}</p>
        {again.isError && <FieldError text={again.error instanceof Refused ? again.error.message : t('again.failed')} />}
      </div>
      <div className="dialog-foot">
        <span className="grow" />
        <Button variant="subtle" onClick={onClose}>
          {t('cancel', { ns: 'common' })}
        </Button>
        <Button variant="filled" loading={again.isPending} onClick={() => again.mutate()}>
          {t('again.act', { next })}
        </Button>
      </div>
    </Modal>
  );
}
