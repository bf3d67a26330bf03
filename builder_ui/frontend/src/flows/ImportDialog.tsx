// Taking a bundle in: what it brings and names, what is decided about that, and what has become of it.
import { Button, CloseButton, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReferences } from '../builder/flow-api';
import type { FlowDocument } from '../document/flow';
import type { JsonObject } from '../document/json';
import { may } from '../may';
import { useSession } from '../session';
import { Loading } from '../ui/Loading';
import { toast } from '../ui/toast';
import { leftOpen, likely, mappingOf, newKeys, type Decisions, type Imported } from './bundle';
import { lookAt, useImport } from './flows-api';
import { ImportReport } from './ImportReport';
import { ImportResult } from './ImportResult';
import { Refusal } from './Refusal';

type Props = { bundle: JsonObject | FlowDocument; title: string; onClose: () => void; onBack?: () => void };

export function ImportDialog({ bundle, title, onClose, onBack }: Props) {
  const { t } = useTranslation('flows');
  const id = useId();
  const manages = may(useSession().data?.member.role, 'manage account');
  const look = useQuery({ queryKey: ['bundles', 'look', id], queryFn: () => lookAt(bundle), retry: false, staleTime: Infinity, gcTime: 0 });
  const references = useReferences();
  const take = useImport();
  const [decided, setDecided] = useState<Decisions | null>(null);
  const [done, setDone] = useState<Imported | null>(null);
  const report = look.data;
  const things = references.data ?? {};
  const decisions = decided ?? (report === undefined ? {} : likely(report, manages));
  const count = report === undefined ? 0 : Object.keys(newKeys(report, decisions, things)).length;
  const open = report === undefined ? 0 : leftOpen(report, decisions, things).length;
  const from = report?.origin.flows[0]?.account?.name ?? '';

  const targetOf = (kind: string, slug: string) => things[kind]?.find((each) => each.slug === slug)?.name ?? slug;
  const nameOf = (kind: string, slug: string) => {
    const flow = kind === 'flow' ? report?.flows.find((each) => each.key === slug) : undefined;
    return flow?.name ?? report?.references.find((each) => each.kind === kind && each.slug === slug)?.name ?? slug;
  };

  function submit() {
    if (report === undefined) return;
    take.mutate(
      { bundle, mapping: mappingOf(report, decisions, things) },
      {
        onSuccess: (imported) => {
          setDone(imported);
          toast({ text: t('import.done', { count: imported.flows.length }) });
        },
      },
    );
  }

  return (
    <Modal opened onClose={onClose} size={720} withCloseButton={false} attributes={{ content: { 'aria-label': title } }} className="import">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <header className="import-head">
          <div className="grow">
            <h2>{done === null ? title : t('import.newDrafts')}</h2>
            {from !== '' && done === null && <p className="muted">{t('import.from', { account: from })}</p>}
          </div>
          <CloseButton aria-label={t('close', { ns: 'common' })} onClick={onClose} />
        </header>
        <div className="import-body">
          {(look.isPending || references.isPending) && <Loading rows={4} />}
          {look.isError && <Refusal error={look.error} title={t('import.notRead')} />}
          {references.isError && <Refusal error={references.error} title={t('import.notRead')} />}
          {report !== undefined && references.data !== undefined && done === null && (
            <ImportReport report={report} things={things} decisions={decisions} manages={manages} onDecide={setDecided} />
          )}
          {done !== null && <ImportResult done={done} nameOf={nameOf} targetOf={targetOf} onClose={onClose} />}
          {take.isError && <Refusal error={take.error} title={t('import.failed')} />}
        </div>
        <footer className="flows-dialog-foot">
          {done === null ? (
            <>
              {open > 0 && <span className="sm muted grow import-open">{t('import.open', { count: open })}</span>}
              <Button variant="subtle" onClick={onBack ?? onClose}>
                {onBack === undefined ? t('cancel', { ns: 'common' }) : t('back')}
              </Button>
              <Button type="submit" variant="filled" data-autofocus disabled={count === 0} loading={take.isPending}>
                {t('import.submit', { count })}
              </Button>
            </>
          ) : (
            <Button data-autofocus onClick={onClose}>
              {t('close', { ns: 'common' })}
            </Button>
          )}
        </footer>
      </form>
    </Modal>
  );
}
