// After a paste from another account: what the steps name and this account lacks; use, create, map or leave each.
import { Button, CloseButton, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JsonObject } from '../document/json';
import { decide, leftOpen, likely, mappingOf, toDecide, type Decisions, type Report } from '../flows/bundle';
import { lookAt, useImport } from '../flows/flows-api';
import { ImportReport } from '../flows/ImportReport';
import { Refusal } from '../flows/Refusal';
import '../flows/import.css';
import { may } from '../may';
import { useSession } from '../session';
import { toast } from '../ui/toast';
import { flowApi, useReferences } from './flow-api';
import { useBuilderStore } from './store';

export function PasteDialog({ bundle }: { bundle: JsonObject }) {
  const { t } = useTranslation('flows');
  const store = useBuilderStore();
  const id = useId();
  const manages = may(useSession().data?.member.role, 'manage account');
  const look = useQuery({ queryKey: ['bundles', 'look', id], queryFn: () => lookAt(bundle), retry: false, staleTime: Infinity, gcTime: 0 });
  const things = useReferences().data;
  const take = useImport();
  const [decided, setDecided] = useState<Decisions | null>(null);
  const report = look.data;
  // Nobody is asked where everything is here; the steps stay pasted either way.
  if (report === undefined || things === undefined || !lacks(report)) return null;
  const decisions = decided ?? startingFrom(report, manages);
  const open = leftOpen(report, decisions, things).length;
  const close = () => store.getState().set({ pasted: null });

  function submit() {
    if (report === undefined || things === undefined) return;
    take.mutate(
      { bundle, mapping: mappingOf(report, decisions, things) },
      {
        onSuccess: async (imported) => {
          close();
          const count = imported.created.length + imported.flows.length;
          toast({ text: t('paste.done', { ns: 'builder', count, mapped: Object.keys(imported.aliases).length, left: imported.left.length }) });
          const { edited, set } = store.getState();
          set({ findings: (await flowApi.check(edited.document)).findings });
        },
      },
    );
  }

  return (
    <Modal opened onClose={close} size={720} withCloseButton={false} attributes={{ content: { 'aria-label': t('paste.title', { ns: 'builder' }) } }} className="import">
      <header className="import-head">
        <div className="grow">
          <h2>{t('paste.title', { ns: 'builder' })}</h2>
          <p className="muted">{t('paste.hint', { ns: 'builder' })}</p>
        </div>
        <CloseButton aria-label={t('close', { ns: 'common' })} onClick={close} />
      </header>
      <div className="import-body">
        <ImportReport report={report} things={things} decisions={decisions} manages={manages} onDecide={setDecided} />
        {take.isError && <Refusal error={take.error} title={t('import.failed')} />}
      </div>
      <footer className="flows-dialog-foot">
        {open > 0 && <span className="sm muted grow import-open">{t('import.open', { count: open })}</span>}
        <Button variant="subtle" onClick={close}>
          {t('paste.later', { ns: 'builder' })}
        </Button>
        <Button variant="filled" data-autofocus loading={take.isPending} onClick={submit}>
          {t('paste.submit', { ns: 'builder' })}
        </Button>
      </footer>
    </Modal>
  );
}

function lacks(report: Report): boolean {
  return toDecide(report).length > 0 || report.files.some((file) => !file.found) || report.flows.some((flow) => flow.clash === null);
}

/** A flow that is here already is the one that is called. */
function startingFrom(report: Report, manages: boolean): Decisions {
  return report.flows
    .filter((flow) => flow.clash !== null)
    .reduce((all, flow) => decide(all, { kind: 'flow', slug: flow.key }, { kind: 'use', slug: flow.key }), likely(report, manages));
}
