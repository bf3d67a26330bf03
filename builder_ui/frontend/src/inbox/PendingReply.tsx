// A reply that is on its way or did not get there.
import { IconAlertCircle, IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { giveUp, sendAgain, type Outgoing } from './outgoing';
import { moment, type Clock } from './words';

export function PendingReply({ message, clock, onEdit }: { message: Outgoing; clock: Clock; onEdit: (text: string) => void }) {
  const { t, i18n } = useTranslation('inbox');
  const { fate } = message;
  const known = fate.kind === 'failed' && i18n.exists(`sendFailed.${fate.code}`, { ns: 'inbox' });
  const why = fate.kind !== 'failed' ? '' : known ? t(`sendFailed.${fate.code}`, { name: fate.colleague }) : fate.detail;
  return (
    <article className="inbox-message out">
      <div className="inbox-bubble">
        <span className="sr-only">{t('who.you')}: </span>
        <div className="inbox-words">{message.text}</div>
        <div className="inbox-bubble-foot num">
          <time dateTime={message.at}>{moment(message.at, clock)}</time>
          {fate.kind !== 'failed' && <span title={t('status.sending')}><IconClock size={14} aria-hidden /><span className="sr-only">{t('status.sending')}</span></span>}
        </div>
      </div>
      {fate.kind === 'failed' && (
        <div className="inbox-failure" role="alert">
          <IconAlertCircle size={14} />
          <span>{t('status.failed')} · {why}</span>
          <button type="button" onClick={() => sendAgain(message)}>{t(fate.code === 'colleague_replied' ? 'sendAnyway' : 'sendAgain')}</button>
          <button type="button" onClick={() => onEdit(giveUp(message))}>{t('edit')}</button>
        </div>
      )}
    </article>
  );
}
