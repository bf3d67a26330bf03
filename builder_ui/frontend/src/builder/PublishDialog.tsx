// Publishing: the gate (errors, warnings with a tick, note, where it is live) and the act, named after its version.
import { ActionIcon, Button, Checkbox, Modal, Radio, Textarea } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '../api';
import { useFlows } from '../flows/flows-api';
import { FieldError } from '../forms/FieldError';
import { Loading } from '../ui/Loading';
import { stopPeople, usePeople } from '../results/results-api';
import { toast } from '../ui/toast';
import { day } from '../ui/time';
import { ChangeList } from './ChangeList';
import { flowApi, useReferences, useStoryFindings, useVersion, useVersions } from './flow-api';
import { goTo, sorted } from './problems';
import { useBuilder, useBuilderStore } from './store';

export function PublishDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('builder');
  const store = useBuilderStore();
  const queries = useQueryClient();
  const language = useBuilder((builder) => builder.language);
  const findings = useBuilder((builder) => builder.findings);
  const name = useBuilder((builder) => builder.edited.document.name);
  const live = useBuilder((builder) => builder.live);
  const save = useBuilder((builder) => builder.save);
  const bound = useBuilder((builder) => builder.channels);
  const { id } = useBuilder((builder) => builder.flow);
  const versions = useVersions(id);
  const since = useVersion(id, live?.number ?? null).data;
  const channels = useReferences().data?.['channel'] ?? [];
  const others = (useFlows().data ?? []).filter((flow) => flow.id !== id);
  const [note, setNote] = useState('');
  const [accepted, setAccepted] = useState(false);
  const [where, setWhere] = useState<string[]>(() => bound.map((channel) => channel.key));
  const [waiting, setWaiting] = useState('stay');
  const present = usePeople(id).data?.runs ?? 0;
  const errors = findings.filter((finding) => finding.severity === 'error');
  const stories = useStoryFindings(id, useBuilder((builder) => builder.revision), errors.length === 0 && save === 'saved');
  const warnings = [...findings.filter((finding) => finding.severity === 'warning'), ...(stories.data ?? [])];
  const number = Math.max(live?.number ?? 0, ...(versions.data ?? []).map((version) => version.number)) + 1;
  const isReady = errors.length === 0 && (warnings.length === 0 || accepted) && save === 'saved' && !stories.isLoading;

  const publish = useMutation({
    mutationFn: async () => {
      const { flow, revision } = store.getState();
      const version = await flowApi.publish(flow.id, { revision, note, accept_warnings: accepted });
      if (channels.length > 0 && !sameSet(where, bound.map((channel) => channel.key))) await flowApi.bind(flow.id, where);
      if (present > 0 && waiting === 'end') await stopPeople(flow.id, { before_version: version.number }, () => undefined);
      return version;
    },
    onSuccess: async (version) => {
      const fresh = await flowApi.read(id);
      const { set } = store.getState();
      set({ live: fresh.live ?? { ...version, note }, differs: fresh.draft_differs, changes: fresh.changes, channels: fresh.channels });
      void queries.invalidateQueries({ queryKey: ['versions', id] });
      void queries.invalidateQueries({ queryKey: ['flows'] });
      void queries.invalidateQueries({ queryKey: ['results', id] });
      toast({ text: t('publish.done', { number: version.number }) });
      onClose();
    },
  });

  /** The flows that answer there already are asked first. */
  function earlier(channel: string): string | undefined {
    if (bound.some((each) => each.key === channel)) return undefined;
    const names = others.filter((flow) => flow.channels.some((each) => each.key === channel)).map((flow) => flow.name);
    return names.length === 0 ? undefined : t('publish.after', { names: names.join(', ') });
  }

  return (
    <Modal opened onClose={onClose} size={live === null ? 560 : 960} withCloseButton={false} attributes={{ content: { 'aria-label': t('publish.title', { number }) } }}>
      <div className="dialog-head">
        <div className="grow">
          <h2>{t('publish.title', { number })}</h2>
          <p className="muted">
            {live === null
              ? t('publish.first', { name })
              : t('publish.replaces', { name, number: live.number, since: day(live.published_at, language) })}
          </p>
        </div>
        <ActionIcon size={28} aria-label={t('close', { ns: 'common' })} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      <div className={live === null ? undefined : 'dialog-halves'}>
        <div className="dialog-body">
          {errors.length === 0 ? (
            <p className="gate is-ok">
              <IconCircleCheck size={16} /> {t('publish.noErrors')}
            </p>
          ) : (
            <div className="gate-box is-error">
              <b>{t('publish.errors', { count: errors.length })}</b>
              <ul>
                {sorted(errors).map((finding, index) => (
                  <li key={index}>
                    <button
                      type="button"
                      className="link"
                      onClick={() => {
                        onClose();
                        goTo(store, finding);
                      }}
                    >
                      {finding.message[language]}
                    </button>
                  </li>
                ))}
              </ul>
            </div>
          )}
          {warnings.length > 0 && (
            <div className="gate-box is-warning">
              {warnings.map((finding, index) => (
                <p key={index} className="row">
                  <IconAlertTriangle size={16} /> <span className="grow">{finding.message[language]}</span>
                </p>
              ))}
              <Checkbox label={t('publish.accept')} checked={accepted} onChange={(event) => setAccepted(event.currentTarget.checked)} />
            </div>
          )}
          {channels.length > 0 && (
            <Checkbox.Group label={t('publish.where')} value={where} onChange={setWhere}>
              <div className="channels">
                {channels.map((channel) => (
                  <Checkbox key={channel.slug} value={channel.slug} label={channel.name} description={earlier(channel.slug)} />
                ))}
              </div>
            </Checkbox.Group>
          )}
          {present > 0 && (
            <Radio.Group label={t('publish.present', { ns: 'results', count: present })} value={waiting} onChange={setWaiting}>
              <div className="publish-waiting">
                <Radio value="stay" label={t('publish.stay', { ns: 'results' })} description={t('publish.stayHint', { ns: 'results' })} />
                <Radio value="end" label={t('publish.end', { ns: 'results' })} description={t('publish.endHint', { ns: 'results', number })} />
              </div>
            </Radio.Group>
          )}
          <Textarea label={t('publish.note')} placeholder={t('publish.noteHint')} value={note} maxLength={500} onChange={(event) => setNote(event.currentTarget.value)} />
          {publish.isError && <FieldError text={publish.error instanceof Refused ? publish.error.message : t('publish.failed')} />}
        </div>
        {live !== null && <div className="dialog-body">{since === undefined ? <Loading rows={3} /> : <ChangeList since={since.document} number={live.number} />}</div>}
      </div>
      <div className="dialog-foot">
        <span className="sm muted grow">{save === 'saved' ? '' : t('publish.wait')}</span>
        <Button variant="subtle" onClick={onClose}>
          {t('cancel', { ns: 'common' })}
        </Button>
        <Button variant="filled" disabled={!isReady} loading={publish.isPending} onClick={() => publish.mutate()}>
          {t('publish.act', { number })}
        </Button>
      </div>
    </Modal>
  );
}

function sameSet(one: string[], other: string[]): boolean {
  return one.length === other.length && one.every((each) => other.includes(each));
}
