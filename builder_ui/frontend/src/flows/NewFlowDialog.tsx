// A new flow: what it is called, of which kind it is, and whether it begins empty or as one that comes with the program.
import { Alert, Button, Modal, TextInput } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Refused } from '../api';
import { useNodeTypes } from '../builder/flow-api';
import type { JsonObject } from '../document/json';
import { FieldError } from '../forms/FieldError';
import { toDecide } from './bundle';
import { lookAt, useCreateFlow, useImport, useReadyMade, type ReadyMade } from './flows-api';
import { FlowSketch } from './FlowSketch';
import { ImportDialog } from './ImportDialog';
import { kinds, type Kind } from './kinds';
import { Option } from './Option';
import { bundleOf } from './ready-made';
import { whyNot } from './refusals';
import { useArrange } from './shelves-api';

/** `folder`: where it is put. `ready`: a ready-made one is chosen to begin with. */
type Props = { kind: Kind; folder: string | null; ready?: boolean; onClose: () => void };

export function NewFlowDialog({ kind: first, folder, ready = false, onClose }: Props) {
  const { t, i18n } = useTranslation('flows');
  const create = useCreateFlow();
  const take = useImport();
  const arrange = useArrange();
  const types = useNodeTypes().data;
  const readyMade = useReadyMade();
  const navigate = useNavigate();
  const [kind, setKind] = useState<Kind>(first);
  const [picked, setStart] = useState<ReadyMade | null | undefined>(undefined);
  const [typed, setTyped] = useState<string | null>(null);
  const [mapping, setMapping] = useState<JsonObject | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const offered = (readyMade.data ?? []).filter((flow) => flow.kind === kind);
  const start = picked === undefined && ready ? (offered[0] ?? null) : (picked ?? null);
  const name = typed ?? start?.name ?? '';
  const open = (id: string) => void navigate(`/flows/${id}`);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setFailure(null);
    try {
      if (start === null || types === undefined) open((await create.mutateAsync({ name: name.trim(), kind, folder })).id);
      else await begin(bundleOf(start, name.trim(), readyMade.data ?? [], types));
    } catch (error) {
      setFailure(error);
    }
  }

  /** As it is, where the account has everything that it names; else the author decides first. */
  async function begin(bundle: JsonObject) {
    const report = await lookAt(bundle);
    if (toDecide(report).length > 0 || report.flows.length > 1) {
      setMapping(bundle);
      return;
    }
    const made = (await take.mutateAsync({ bundle, mapping: {} })).flows[0];
    if (made === undefined) return;
    if (folder !== null) await arrange.mutateAsync({ flows: [made.id], folder });
    open(made.id);
  }

  if (mapping !== null) {
    return <ImportDialog bundle={mapping} title={t('new.mapping', { name: name.trim() })} onClose={onClose} onBack={() => setMapping(null)} />;
  }
  return (
    <Modal opened onClose={onClose} size={offered.length > 0 ? 760 : 560} withCloseButton={false} attributes={{ content: { 'aria-label': t('new.title') } }}>
      <form onSubmit={(event) => void submit(event)}>
        <div className="flows-dialog">
          <h2>{t('new.title')}</h2>
          <TextInput
            label={t('new.name')}
            placeholder={t('new.example')}
            data-autofocus
            required
            withAsterisk={false}
            maxLength={120}
            value={name}
            error={failure === null ? undefined : <FieldError text={failure instanceof Refused && failure.status === 422 ? failure.message : whyNot(failure, t, i18n.language)} />}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <fieldset className="new-group">
            <legend>{t('new.kind')}</legend>
            <div className="new-kinds">
              {kinds.map((each) => (
                <Option
                  key={each} name="kind" title={t(`kinds.${each}.one`)} hint={t(`kinds.${each}.what`)} chosen={each === kind}
                  onChoose={() => {
                    setKind(each);
                    setStart(null);
                  }}
                />
              ))}
            </div>
            {kind !== 'chatbot' && <Alert icon={<IconInfoCircle size={16} />} className="new-note">{t('new.notYet')}</Alert>}
          </fieldset>
          {offered.length > 0 && (
            <fieldset className="new-group">
              <legend>{t('new.start')}</legend>
              <div className="new-start">
                <div className="new-starts">
                  <Option name="start" title={t('new.empty')} hint={t('new.emptyHint')} chosen={start === null} onChoose={() => setStart(null)} />
                  {offered.map((flow) => (
                    <Option
                      key={flow.key} name="start" title={flow.name} hint="" more={t('steps', { count: flow.nodes })}
                      chosen={flow.key === start?.key} onChoose={() => setStart(flow)}
                    />
                  ))}
                </div>
                <div className="new-look">
                  {start === null ? <div className="sketch" /> : <FlowSketch key={start.key} document={start.document} />}
                  <p className="sm muted">{start?.description ?? t('new.emptyHint')}</p>
                </div>
              </div>
            </fieldset>
          )}
          {readyMade.isError && <p className="sm muted">{t('new.noReadyMade')}</p>}
        </div>
        <div className="flows-dialog-foot">
          <Button variant="subtle" onClick={onClose}>
            {t('cancel', { ns: 'common' })}
          </Button>
          <Button type="submit" variant="filled" disabled={name.trim() === ''} loading={create.isPending || take.isPending}>
            {t('new.create')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
