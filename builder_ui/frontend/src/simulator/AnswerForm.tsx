// An answer of the outside world written by hand: status and body, or that none came.
import { Button, NumberInput, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '../document/json';
import type { Answer } from './mocks';

type Props = { first: Answer; ofModel: boolean; onAnswer: (answer: Answer) => void; onClose: () => void };

export function AnswerForm({ first, ofModel, onAnswer, onClose }: Props) {
  const { t } = useTranslation('simulator');
  const [reason, setReason] = useState(first.reason ?? '');
  const [status, setStatus] = useState<number | string>(first.status ?? 200);
  const [body, setBody] = useState(() => written(first.body));
  const read = bodyOf(body);
  const isWrong = read === undefined && /^\s*[[{]/.test(body);

  function answer() {
    if (reason !== '') return onAnswer({ reason });
    const said = read === undefined ? body : read;
    onAnswer({ ...(ofModel ? {} : { status: Number(status) || 200 }), ...(body.trim() === '' ? {} : { body: said }) });
  }

  return (
    <form
      className="sim-answer"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isWrong) answer();
      }}
    >
      <div className="row">
        <Select
          aria-label={t('answer.outcome')}
          data={[{ value: '', label: t('answer.answers') }, ...['timeout', 'refused', 'unknown'].map((value) => ({ value, label: t(`answer.reasons.${value}`) }))]}
          value={reason}
          allowDeselect={false}
          onChange={(value) => setReason(value ?? '')}
          className="grow"
        />
        {reason === '' && !ofModel && <NumberInput aria-label={t('answer.status')} min={100} max={599} hideControls w={72} value={status} onChange={setStatus} />}
      </div>
      {reason === '' && (
        <Textarea
          label={t('answer.body')}
          classNames={{ input: 'sim-code' }}
          minRows={3}
          maxRows={10}
          spellCheck={false}
          value={body}
          error={isWrong ? t('answer.wrong') : undefined}
          onChange={(event) => setBody(event.currentTarget.value)}
        />
      )}
      <div className="row">
        <span className="grow" />
        <Button size="xs" variant="subtle" onClick={onClose}>{t('cancel', { ns: 'common' })}</Button>
        <Button size="xs" variant="filled" type="submit" disabled={isWrong}>{t('answer.give')}</Button>
      </div>
    </form>
  );
}

function written(body: Json | undefined): string {
  if (body === undefined) return '';
  return typeof body === 'string' ? body : JSON.stringify(body, null, 2);
}

/** JSON where it is JSON; undefined where it is text. */
function bodyOf(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
