// Where one answers or leaves a note; while a note is written the whole composer turns to its paper.
import { Button, Textarea } from '@mantine/core';
import { IconLock, IconSend } from '@tabler/icons-react';
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { keepDraft, useDraft, type Mode } from './drafts';
import { nameOf } from './names';
import type { FieldFocus } from './useFieldFocus';
import { tellTyping } from './queries';
import type { Conversation } from './types';

const TYPING_EVERY = 4_000;

type Props = {
  conversation: Conversation;
  mode: Mode;
  onMode: (mode: Mode) => void;
  field: FieldFocus;
  onReply: (text: string) => void;
  onNote: (text: string) => Promise<unknown>;
  /** Whose the conversation is, where it is not this person's: over the box, or in its place where they may not write. */
  whose: ReactNode;
};

export function Composer({ conversation, mode, onMode, field, onReply, onNote, whose }: Props) {
  const { t } = useTranslation('inbox');
  const tabs: Mode[] = ['reply', 'note'];
  return (
    <div className={`inbox-composer ${mode}`}>
      <div className="inbox-composer-head">
        <div role="tablist" className="inbox-modes">
          {tabs.map((one) => (
            <button key={one} type="button" role="tab" aria-selected={one === mode} title={t(`keys.${one}`)} onClick={() => { onMode(one); field.want(); }}>
              {t(`compose.${one}`)}
            </button>
          ))}
        </div>
        {mode === 'note' && <span className="inbox-private sm"><IconLock size={14} aria-hidden />{t('compose.notSeen')}</span>}
      </div>
      {mode === 'reply' && whose}
      {(mode === 'note' || conversation.may.write) && (
        <Box key={`${conversation.id} ${mode}`} conversation={conversation} mode={mode} field={field} onReply={onReply} onNote={onNote} />
      )}
    </div>
  );
}

type BoxProps = Pick<Props, 'conversation' | 'mode' | 'field' | 'onReply' | 'onNote'>;

function Box({ conversation, mode, field, onReply, onNote }: BoxProps) {
  const { t } = useTranslation('inbox');
  const text = useDraft(conversation.id, mode);
  const typedAt = useRef(0);
  const ready = text.trim() !== '';
  const placeholder = mode === 'note' ? t('compose.writeNote') : t('compose.writeReply', { name: nameOf(conversation.contact, t).split(' ')[0] });

  const change = (next: string) => {
    keepDraft(conversation.id, mode, next);
    if (mode !== 'reply' || next === '' || Date.now() - typedAt.current < TYPING_EVERY) return;
    typedAt.current = Date.now();
    tellTyping(conversation.id);
  };
  const send = () => {
    if (!ready) return;
    keepDraft(conversation.id, mode, '');
    if (mode === 'reply') onReply(text.trim());
    else onNote(text.trim()).catch(() => keepDraft(conversation.id, mode, text));
    field.want();
  };
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Escape') {
      event.currentTarget.blur(); // out of the box: the single keys (J, K, T, E …) act again, the draft stays
      return;
    }
    const sends = event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing;
    if (!sends) return;
    event.preventDefault();
    send();
  };
  return (
    <div className="inbox-box">
      <Textarea ref={field.attach} variant="unstyled" autosize minRows={1} maxRows={8} value={text} placeholder={placeholder} aria-label={placeholder} onChange={(event) => change(event.currentTarget.value)} onKeyDown={onKey} />
      <div className="inbox-box-foot">
        <span className="sm muted inbox-hint">{t(mode === 'reply' ? 'compose.enter' : 'compose.enterKeeps')}</span>
        <Button size="xs" variant={mode === 'reply' ? 'filled' : 'default'} leftSection={mode === 'reply' ? <IconSend size={16} /> : undefined} disabled={!ready} title={mode === 'reply' ? t('compose.sendKey') : undefined} onClick={send}>
          {t(mode === 'reply' ? 'compose.send' : 'compose.keepNote')}
        </Button>
      </div>
    </div>
  );
}
