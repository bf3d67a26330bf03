// One message in the thread: who said it by side and colour, links, files, time and how far it came.
import { IconAlertCircle, IconCheck, IconChecks, IconClock, IconFile, IconRobot } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { pieces, safeAddress } from '../../widget/src/links';
import type { Attachment, MessageItem, Status } from './types';
import { moment, type Clock } from './words';

type Props = { item: MessageItem; speaker: string; me: string; follows: boolean; clock: Clock; again?: ReactNode };

export function Bubble({ item, speaker, me, follows, clock, again }: Props) {
  const { t } = useTranslation('inbox');
  const side = item.author === 'contact' ? 'in' : item.author === 'bot' ? 'bot' : 'out';
  const failed = item.status === 'failed';
  return (
    <article className={`inbox-message ${side}${follows ? ' follows' : ''}`}>
      <div className="inbox-bubble">
        <span className="sr-only">{speaker}: </span>
        {(item.attachments ?? []).map((attachment) => <File key={attachment.url} {...attachment} />)}
        {item.text !== null && item.text !== '' && <Words text={item.text} />}
        {item.options !== undefined && item.options.length > 0 && (
          <ul className="inbox-options">{item.options.map((option) => <li key={option.id}>{option.title}</li>)}</ul>
        )}
        <div className="inbox-bubble-foot num">
          {item.author === 'bot' && <IconRobot size={13} aria-label={t('who.bot')} />}
          {item.author === 'agent' && item.by !== null && item.by.id !== me && <span className="ell">{item.by.name.split(' ')[0]}</span>}
          <time dateTime={item.at}>{moment(item.at, clock)}</time>
          {item.author !== 'contact' && !failed && <Ticks status={item.status} />}
        </div>
      </div>
      {failed && (
        <div className="inbox-failure" role="alert">
          <IconAlertCircle size={14} />
          <span>{t('status.failed')}{item.error ? ` · ${item.error}` : ''}</span>
          {again}
        </div>
      )}
    </article>
  );
}

export function Words({ text }: { text: string }) {
  const { t } = useTranslation('inbox');
  return (
    <div className="inbox-words">
      {pieces(text).map((piece, index) => (piece.kind === 'text' ? piece.text : (
        <a key={index} href={piece.address} target="_blank" rel="noopener noreferrer nofollow">
          {piece.text}<span className="sr-only"> ({t('newTab')})</span>
        </a>
      )))}
    </div>
  );
}

function File({ url, mime, name }: Attachment) {
  const { t } = useTranslation('inbox');
  const address = safeAddress(url, location.href);
  const isPicture = mime.startsWith('image/');
  const title = name || t(isPicture ? 'picture' : 'file');
  if (address === null) return <span className="inbox-file"><IconFile size={16} />{title}</span>;
  if (mime.startsWith('audio/')) return <audio className="inbox-audio" src={address} controls preload="metadata" aria-label={title} />;
  if (mime.startsWith('video/')) return <video className="inbox-video" src={address} controls preload="metadata" aria-label={title} />;
  return (
    <a className={isPicture ? 'inbox-picture' : 'inbox-file'} href={address} target="_blank" rel="noopener noreferrer">
      {isPicture ? <img src={address} alt={title} loading="lazy" /> : <><IconFile size={16} />{title}</>}
    </a>
  );
}

function Ticks({ status }: { status: Status }) {
  const { t } = useTranslation('inbox');
  const Drawing = status === 'queued' ? IconClock : status === 'delivered' || status === 'read' ? IconChecks : IconCheck;
  const word = t(`status.${status}`);
  return (
    <span className={`inbox-tick ${status}`} title={word}>
      <Drawing size={14} aria-hidden />
      <span className="sr-only">{word}</span>
    </span>
  );
}
