// In place of the box for replies: whose the conversation is, and the way to take it.
import { Button } from '@mantine/core';
import { IconCircleCheck, IconClock, IconRobot, IconUser, IconUserCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from './types';

export function NotMine({ conversation, taking, onTake }: { conversation: Conversation; taking: boolean; onTake: () => void }) {
  return (
    <div className={`inbox-not-mine ${conversation.state}`}>
      <Sign state={conversation.state} />
      <Whose conversation={conversation} />
      {conversation.may.take && <TakeButton taking={taking} onTake={onTake} />}
    </div>
  );
}

function TakeButton({ taking, onTake }: { taking: boolean; onTake: () => void }) {
  const { t } = useTranslation('inbox');
  return <Button size="xs" variant="filled" leftSection={<IconUserCheck size={16} />} loading={taking} onClick={onTake}>{t('take.do')}</Button>;
}

function Whose({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('inbox');
  const { state, owner, team, flow } = conversation;
  const name = owner?.name ?? team.name;
  switch (state) {
    case 'queued':
      return <span className="grow">{t('notMine.queued', { team: team.name })}</span>;
    case 'open':
      return <span className="grow">{owner === null ? t('notMine.openNobody', { team: name }) : t('notMine.open', { name })}</span>;
    case 'pending':
      return <span className="grow">{t('notMine.pending', { name })}</span>;
    case 'bot':
      return <span className="grow">{flow === null ? t('notMine.botNoFlow') : t('notMine.bot', { flow: flow.name })}</span>;
    case 'finished':
      return <span className="grow">{t('notMine.finished')}</span>;
  }
}

function Sign({ state }: { state: Conversation['state'] }) {
  switch (state) {
    case 'bot':
      return <IconRobot size={17} aria-hidden />;
    case 'finished':
      return <IconCircleCheck size={17} aria-hidden />;
    case 'open':
      return <IconUser size={17} aria-hidden />;
    case 'queued':
    case 'pending':
      return <IconClock size={17} aria-hidden />;
  }
}
