// Before people who wait in earlier versions are moved to the live one: how many can, who stays and why; then how far it is.
import './versions.css';
import { Button, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '../api';
import { useBuilder } from '../builder/store';
import { FieldError } from '../forms/FieldError';
import { Failed } from '../ui/Failed';
import { Loading } from '../ui/Loading';
import { toast } from '../ui/toast';
import { namesIn } from './names';
import { movedWords } from './publishing';
import { Stays } from './Stays';
import { movePeople, useDrawn, useProspects } from './versions-api';
import { movable } from './WaitingPeople';

export function MovePeopleDialog({ number, onClose }: { number: number; onClose: () => void }) {
  const { t } = useTranslation('versions');
  const { id } = useBuilder((builder) => builder.flow);
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const draft = useBuilder((builder) => builder.edited.document);
  const prospects = useProspects(id, null, true);
  const drawn = useDrawn(id, (prospects.data?.places ?? []).map((place) => place.version));
  const [done, setDone] = useState(0);
  const move = useMutation({
    mutationFn: () => movePeople(id, setDone),
    onSuccess: (moved) => {
      toast({ text: movedWords(t, moved).join(' · ') });
      onClose();
    },
  });
  const title = t('move.title', { number });
  const { moves, stays, places } = prospects.data ?? { moves: 0, stays: 0, places: [] };
  return (
    <Modal opened onClose={onClose} size={480} withCloseButton={false} closeOnClickOutside={!move.isPending} attributes={{ content: { 'aria-label': title } }}>
      <div className="dialog-head">
        <h2 className="grow">{title}</h2>
      </div>
      <div className="dialog-body">
        {prospects.isPending && <Loading rows={2} />}
        {prospects.isError && <Failed error={prospects.error} onRetry={() => void prospects.refetch()} />}
        {prospects.data !== undefined && (
          <div>
            <p>{movable(prospects.data, t)}</p>
            <Stays places={places} names={namesIn([draft, ...drawn], types, language)} />
          </div>
        )}
        {moves > 0 && <p className="muted">{t('move.hint', { number })}</p>}
        {move.isPending && done > 0 && <p className="muted num" role="status">{t('move.progress', { done, count: moves + stays })}</p>}
        {move.isError && <FieldError text={move.error instanceof Refused ? move.error.message : t('move.failed')} />}
      </div>
      <div className="dialog-foot">
        <span className="grow" />
        <Button variant="subtle" disabled={move.isPending} onClick={onClose}>
          {t('cancel', { ns: 'common' })}
        </Button>
        {moves > 0 && (
          <Button variant="filled" loading={move.isPending} onClick={() => move.mutate()}>
            {t('move.act', { count: moves })}
          </Button>
        )}
      </div>
    </Modal>
  );
}
