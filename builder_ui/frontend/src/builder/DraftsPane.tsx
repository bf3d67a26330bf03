// How the draft stood, by time and person, and what each sitting changed; any point can be brought back, as one change.
import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconBookmark, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { withPlaces } from '../document/drawing';
import { Chip, type Tone } from '../ui/Chip';
import { Empty } from '../ui/Empty';
import { Failed } from '../ui/Failed';
import { Loading } from '../ui/Loading';
import { toast } from '../ui/toast';
import { moment } from '../ui/time';
import { flowApi, usePoints, type Point } from './flow-api';
import { useBuilder, useBuilderStore } from './store';

export function DraftsPane() {
  const { t } = useTranslation('builder');
  const store = useBuilderStore();
  const { id } = useBuilder((builder) => builder.flow);
  const revision = useBuilder((builder) => builder.revision);
  const points = usePoints(id, revision);
  const all = points.data?.pages.flatMap((page) => page.points) ?? [];
  return (
    <aside className="bld-side" aria-label={t('drafts.title')}>
      <div className="bld-side-head">
        <h3 className="grow">{t('drafts.title')}</h3>
        <ActionIcon size={28} aria-label={t('close', { ns: 'common' })} onClick={() => store.getState().set({ side: 'none' })}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      <div className="bld-side-body is-list">
        {points.isPending && <Loading rows={4} />}
        {points.isError && <Failed error={points.error} onRetry={() => void points.refetch()} />}
        {points.isSuccess && all.length === 0 && <Empty title={t('drafts.empty')}>{t('drafts.emptyHint')}</Empty>}
        {all.map((point) => (
          <Row key={point.revision} point={point} isNow={point.revision === revision} />
        ))}
        {points.hasNextPage && (
          <Button variant="subtle" loading={points.isFetchingNextPage} onClick={() => void points.fetchNextPage()}>
            {t('drafts.older')}
          </Button>
        )}
      </div>
    </aside>
  );
}

function Row({ point, isNow }: { point: Point; isNow: boolean }) {
  const { t } = useTranslation('builder');
  const store = useBuilderStore();
  const language = useBuilder((builder) => builder.language);
  const readOnly = useBuilder((builder) => builder.readOnly);
  const [naming, setNaming] = useState(false);
  const when = moment(point.saved_at, language);
  const changed = point.changed?.[language];
  const bringBack = useMutation({
    mutationFn: () => flowApi.point(store.getState().flow.id, point.revision),
    onSuccess: ({ document }) => {
      const { change, types, undo } = store.getState();
      change({ kind: 'replace', document: withPlaces(document, types, language) });
      toast({ text: t('drafts.done', { when: point.name === '' ? when : `“${point.name}”` }), undo });
    },
    onError: () => toast({ text: t('drafts.failed'), stays: true }),
  });
  return (
    <div className="bld-version">
      <div className="row">
        <b className="grow ell">{point.by?.name ?? t('drafts.someone')}</b>
        {isNow && <Chip tone="info">{t('drafts.now')}</Chip>}
        <span className="xs muted num">{when}</span>
      </div>
      {point.name !== '' && (
        <p className="row point-name">
          <IconBookmark size={14} aria-hidden /> {point.name}
        </p>
      )}
      {changed === undefined ? (
        <p className="sm muted">{t('drafts.first')}</p>
      ) : (
        <ul className="point-changed">
          {changed.lines.map((line, place) => (
            <ChangeLine key={place} line={line} />
          ))}
          {changed.more > 0 && <li className="muted">{t('drafts.more', { count: changed.more })}</li>}
        </ul>
      )}
      {naming ? (
        <NameForm point={point} onDone={() => setNaming(false)} />
      ) : (
        !readOnly && (
          <div className="row">
            <Button size="xs" variant="subtle" onClick={() => setNaming(true)}>
              {t('drafts.name')}
            </Button>
            <span className="grow" />
            {!isNow && (
              <Button size="xs" loading={bringBack.isPending} onClick={() => bringBack.mutate()}>
                {t('drafts.back')}
              </Button>
            )}
          </div>
        )
      )}
    </div>
  );
}

const TONES: Record<'new' | 'changed' | 'removed', Tone> = { new: 'ok', changed: 'info', removed: 'bad' };
const SIGN = /^([+−-]|~|↔)\s+(.*)$/;

/** The signs are those of the cards when two versions are compared; the rest begins as a sentence does. */
function ChangeLine({ line }: { line: string }) {
  const { t } = useTranslation('builder');
  const [, sign, step] = SIGN.exec(line) ?? [];
  if (line.startsWith(' ')) return <li className="is-detail">{line.trim()}</li>;
  if (sign === undefined || step === undefined) return <li>{line.charAt(0).toUpperCase() + line.slice(1)}</li>;
  const kind = sign === '+' ? 'new' : sign === '~' ? 'changed' : sign === '↔' ? null : 'removed';
  if (kind === null) return <li>{step.charAt(0).toUpperCase() + step.slice(1)}</li>;
  return (
    <li className="is-step">
      <Chip tone={TONES[kind]}>{t(`changes.${kind}`)}</Chip> <b>{step}</b>
    </li>
  );
}

function NameForm({ point, onDone }: { point: Point; onDone: () => void }) {
  const { t } = useTranslation('builder');
  const store = useBuilderStore();
  const queries = useQueryClient();
  const [name, setName] = useState(point.name);
  const { id } = store.getState().flow;
  const keep = useMutation({
    mutationFn: () => flowApi.namePoint(id, point.revision, name),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['points', id] });
      onDone();
    },
    onError: () => toast({ text: t('drafts.notNamed'), stays: true }),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    keep.mutate();
  }

  return (
    <form className="row" onSubmit={submit}>
      <TextInput
        className="grow"
        size="xs"
        aria-label={t('drafts.nameOf')}
        placeholder={t('drafts.nameHint')}
        maxLength={120}
        // It opens at the author's own act, and typing is what comes next.
        autoFocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button size="xs" type="submit" loading={keep.isPending}>
        {t('drafts.named')}
      </Button>
    </form>
  );
}
