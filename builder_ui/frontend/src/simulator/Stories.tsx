// The flow's stories: told to the draft as it is drawn, what failed and where; each can be played, and removed.
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconAlertCircle, IconCircleCheck, IconCircleDashed, IconDots, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useBuilder, useBuilderStore } from '../builder/store';
import { may } from '../may';
import { useSession } from '../session';
import { Chip } from '../ui/Chip';
import { Empty } from '../ui/Empty';
import { Failed } from '../ui/Failed';
import { Loading } from '../ui/Loading';
import { toast } from '../ui/toast';
import { useKeeping, useStories, useTelling, type Failure, type Results, type Story, type Told } from './rehearsal-api';
import { actsOf, useSimulationStore } from './simulation';

export function Stories({ onPlay }: { onPlay: () => void }) {
  const { t } = useTranslation('simulator');
  const builder = useBuilderStore();
  const { id } = useBuilder((state) => state.flow);
  const kept = useStories(id);
  const telling = useTelling(id);
  const stories = kept.data?.document?.stories ?? [];
  const told = telling.data?.stories;
  const failed = told?.filter((story) => story.failures.length > 0).length ?? 0;
  if (kept.isPending) return <div className="bld-side-body is-list"><Loading rows={3} /></div>;
  if (kept.isError) return <div className="bld-side-body is-list"><Failed error={kept.error} onRetry={() => void kept.refetch()} /></div>;
  if (stories.length === 0) return <div className="bld-side-body is-list"><Empty title={t('stories.empty')}>{t('stories.emptyHint')}</Empty></div>;
  return (
    <>
      <div className="sim-run">
        <div className="grow" role="status">
          {told === undefined ? (
            <span className="muted">{t('stories.count', { count: stories.length })}</span>
          ) : (
            <Chip tone={failed > 0 ? 'bad' : 'ok'}>{failed > 0 ? t('stories.failed', { count: failed }) : t('stories.passed', { count: told.length })}</Chip>
          )}
        </div>
        <Button size="xs" leftSection={<IconPlayerPlay size={14} />} loading={telling.isPending} onClick={() => telling.mutate(builder.getState().edited.document)}>
          {t('stories.run')}
        </Button>
      </div>
      <div className="bld-side-body is-list">
        {telling.isError && <Failed error={telling.error} title={t('trouble.title')} />}
        {telling.data !== undefined && <Reach results={telling.data} />}
        <ul className="sim-stories">
          {stories.map((story) => (
            <Row key={story.name} story={story} told={told?.find((each) => each.name === story.name)} onPlay={onPlay} />
          ))}
        </ul>
      </div>
    </>
  );
}

/** How much of the flow the stories pass, and the way to what they do not. */
function Reach({ results }: { results: Results }) {
  const { t } = useTranslation('simulator');
  const builder = useBuilderStore();
  const { nodes, ports, unreached } = results;
  return (
    <div className="sim-reach">
      <span className="grow num">{t('stories.reach', { nodes: nodes.reached, allNodes: nodes.of, ports: ports.reached, allPorts: ports.of })}</span>
      {unreached.nodes.length > 0 && (
        <button
          type="button"
          className="link"
          onClick={() => {
            builder.getState().select(unreached.nodes);
            builder.getState().look(unreached.nodes);
          }}
        >
          {t('stories.unreached', { count: unreached.nodes.length })}
        </button>
      )}
    </div>
  );
}

function Row({ story, told, onPlay }: { story: Story; told: Told | undefined; onPlay: () => void }) {
  const { t } = useTranslation('simulator');
  const role = useSession().data?.member.role;
  const simulation = useSimulationStore();
  const flow = useBuilder((state) => state.flow);
  const keeping = useKeeping(flow);
  const common = useStories(flow.id).data?.document?.world;
  const isFailed = told !== undefined && told.failures.length > 0;

  function play() {
    const world = { channel: { kind: 'webchat', key: 'webchat' }, ...common, ...story.world };
    simulation.getState().load({ acts: actsOf(story), world, story: story.name });
    onPlay();
  }

  function remove() {
    keeping.mutate((stories) => stories.filter((each) => each.name !== story.name), {
      onSuccess: () => toast({ text: t('stories.removed', { name: story.name }), undo: () => keeping.mutate((stories) => [...stories, story]) }),
      onError: () => toast({ text: t('story.failed'), stays: true }),
    });
  }

  return (
    <li className="sim-story">
      <div className="row">
        {told === undefined ? (
          <IconCircleDashed size={16} className="muted" aria-hidden />
        ) : isFailed ? (
          <IconAlertCircle size={16} className="is-wrong" aria-label={t('stories.isFailed')} />
        ) : (
          <IconCircleCheck size={16} className="is-ok" aria-label={t('stories.isPassed')} />
        )}
        <b className="grow ell" title={story.name}>{story.name}</b>
        <span className="sm muted num">{t('stories.turns', { count: story.exchanges.length })}</span>
        <Button size="xs" variant="subtle" leftSection={<IconPlayerPlay size={14} />} onClick={play}>{t('stories.play')}</Button>
        {may(role, 'edit flows') && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon size={24} aria-label={t('stories.more', { name: story.name })}><IconDots size={16} /></ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconTrash size={16} />} onClick={remove}>{t('stories.remove')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {told?.failures.map((failure, index) => <Why key={index} failure={failure} />)}
    </li>
  );
}

function Why({ failure }: { failure: Failure }) {
  const language = useBuilder((state) => state.language);
  return (
    <div className="sim-failure">
      <p>{failure.message[language]}</p>
      {failure.diff.length > 0 && (
        <div className="changes-field">
          {failure.diff.map((line, index) =>
            line.is === '-' ? <del key={index}>{line.text}</del> : line.is === '+' ? <ins key={index}>{line.text}</ins> : <span key={index} className="sim-same">{line.text}</span>,
          )}
        </div>
      )}
    </div>
  );
}
