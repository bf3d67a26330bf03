// Publishing: what stands before it, where the flow goes live, what becomes of who waits; then the act and what follows it.
import { ActionIcon, Button, Modal, Textarea } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '../api';
import { useFlows } from '../flows/flows-api';
import { FieldError } from '../forms/FieldError';
import { usePeople } from '../results/results-api';
import { day } from '../ui/time';
import { Loading } from '../ui/Loading';
import { Gate } from '../versions/Gate';
import { firstChoice, LiveOn } from '../versions/LiveOn';
import { namesIn } from '../versions/names';
import { usePublishing } from '../versions/publishing';
import { useDrawn, useProspects, useRetraced, useToldStories } from '../versions/versions-api';
import { WaitingPeople, type Waiting } from '../versions/WaitingPeople';
import { ChangeList } from './ChangeList';
import { useReferences, useVersion, useVersions } from './flow-api';
import { useBuilder, useBuilderStore } from './store';

export function PublishDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('builder');
  const store = useBuilderStore();
  const language = useBuilder((builder) => builder.language);
  const types = useBuilder((builder) => builder.types);
  const findings = useBuilder((builder) => builder.findings);
  const document = useBuilder((builder) => builder.edited.document);
  const live = useBuilder((builder) => builder.live);
  const stopped = useBuilder((builder) => builder.stopped);
  const save = useBuilder((builder) => builder.save);
  const note = useBuilder((builder) => builder.note);
  const bound = useBuilder((builder) => builder.channels);
  const revision = useBuilder((builder) => builder.revision);
  const { id } = useBuilder((builder) => builder.flow);
  const versions = useVersions(id);
  const since = useVersion(id, live?.number ?? null).data;
  const things = useReferences().data?.['channel'] ?? [];
  const channels = document.kind === 'chatbot' ? things : []; // other kinds begin by what happens, wherever people are
  const others = (useFlows().data ?? []).filter((flow) => flow.id !== id);
  const [accepted, setAccepted] = useState(false);
  const [ticked, setTicked] = useState<string[] | null>(null);
  const [waiting, setWaiting] = useState<Waiting>('stay');
  const present = usePeople(id).data?.runs ?? 0;
  const errors = findings.filter((finding) => finding.severity === 'error');
  const isSound = errors.length === 0 && save === 'saved';
  const stories = useToldStories(id, revision, isSound);
  const retraced = useRetraced(id, revision, isSound && live !== null);
  const prospects = useProspects(id, revision, isSound && present > 0);
  const warnings = [...findings.filter((finding) => finding.severity === 'warning'), ...(stories.data?.findings ?? [])];
  const number = Math.max(live?.number ?? 0, ...(versions.data ?? []).map((version) => version.number)) + 1;
  const isReady = isSound && (warnings.length === 0 || accepted) && !stories.isLoading;
  const told = [...(prospects.data?.places ?? []), ...(retraced.data?.places ?? [])].map((place) => place.version);
  const names = namesIn([document, ...useDrawn(id, live === null ? [] : [live.number, ...told])], types, language);
  const places = channels.map(({ slug, name }) => ({ key: slug, name, earlier: earlier(slug) }));
  const where = ticked ?? firstChoice(bound.map((channel) => channel.key), places, live === null);
  const publish = usePublishing({ where: channels.length > 0 ? where : null, waiting: present > 0 ? waiting : 'stay', accepted, onClose });

  /** The flows that answer there already are asked first. */
  function earlier(channel: string): string[] {
    if (bound.some((each) => each.key === channel)) return [];
    return others.filter((flow) => flow.channels.some((each) => each.key === channel)).map((flow) => flow.name);
  }

  return (
    <Modal
      opened
      onClose={onClose}
      size={live === null ? 560 : 1000}
      withCloseButton={false}
      closeOnClickOutside={!publish.isPending}
      closeOnEscape={!publish.isPending}
      attributes={{ content: { 'aria-label': t('publish.title', { number }) } }}
    >
      <div className="dialog-head">
        <div className="grow">
          <h2>{t('publish.title', { number })}</h2>
          <p className="muted">
            {live === null
              ? t('publish.first', { name: document.name })
              : t('publish.replaces', { name: document.name, number: live.number, since: day(live.published_at, language) })}
          </p>
        </div>
        <ActionIcon size={28} aria-label={t('close', { ns: 'common' })} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      <div className={live === null ? undefined : 'dialog-halves'}>
        <div className="dialog-body">
          {stopped && <p className="gate-box is-warning">{t('stop.publishing', { ns: 'versions' })}</p>}
          <Gate
            errors={errors}
            warnings={warnings}
            stories={stories.data}
            past={live === null || !isSound ? null : { retraced: retraced.isError ? null : retraced.data }}
            names={names}
            accepted={accepted}
            onAccept={setAccepted}
            onLeave={onClose}
          />
          <LiveOn places={places} chosen={where} onChange={setTicked} />
          {present > 0 && (
            <WaitingPeople present={present} number={number} prospects={prospects.isError ? null : prospects.data} names={names} value={waiting} onChange={setWaiting} />
          )}
          <Textarea
            label={t('publish.note')}
            placeholder={t('publish.noteHint')}
            value={note}
            maxLength={500}
            autosize
            minRows={2}
            maxRows={6}
            onChange={(event) => store.getState().set({ note: event.currentTarget.value })}
          />
          {publish.isError && <FieldError text={publish.error instanceof Refused ? publish.error.message : t('publish.failed')} />}
        </div>
        {live !== null && <div className="dialog-body">{since === undefined ? <Loading rows={3} /> : <ChangeList since={since.document} number={live.number} />}</div>}
      </div>
      <div className="dialog-foot">
        <span className="sm muted grow">{save === 'saved' ? '' : t('publish.wait')}</span>
        <Button variant="subtle" disabled={publish.isPending} onClick={onClose}>
          {t('cancel', { ns: 'common' })}
        </Button>
        <Button variant="filled" disabled={!isReady} loading={publish.isPending} onClick={() => publish.mutate()}>
          {t('publish.act', { number })}
        </Button>
      </div>
    </Modal>
  );
}
