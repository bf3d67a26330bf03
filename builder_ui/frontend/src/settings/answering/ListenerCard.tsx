// One flow that answers on a channel: its place, when it listens and to what, and whether it ever has its turn.
import { ActionIcon, Checkbox, Select, TagsInput } from '@mantine/core';
import { IconAlertTriangle, IconArrowDown, IconArrowUp, IconGripVertical, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Chip } from '../../ui/Chip';
import { plain, type Hours, type Listener, type Standing } from './answering';

const HOURS: Hours[] = ['always', 'inside', 'outside'];

type Props = {
  listener: Listener;
  place: number;
  count: number;
  standing: Standing;
  taken: { word: string; by: string }[];
  hasHours: boolean;
  edits: boolean;
  isHeld: boolean;
  onChange: (next: Partial<Listener>) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
  onHold: () => void;
  onOver: () => void;
  onDropped: () => void;
};

export function ListenerCard({ listener, place, count, standing, taken, hasHours, edits, isHeld, onChange, onMove, onRemove, onHold, onOver, onDropped }: Props) {
  const { t } = useTranslation('answering');
  const { name, live, stopped, hours, any_message, keywords, starts } = listener;
  const own = starts.filter((start) => start.event === 'keyword').flatMap((start) => start.terms);
  const warning = warningOf(standing, t);
  return (
    <li
      className={`ans-card${isHeld ? ' is-held' : ''}`}
      aria-label={name}
      onDragOver={(event) => {
        event.preventDefault();
        onOver();
      }}
      onDrop={(event) => event.preventDefault()}
    >
      <div className="ans-head">
        {edits && (
          <span
            className="ans-grip"
            draggable
            aria-hidden
            onDragStart={(event) => {
              event.dataTransfer.setData('text/plain', name); // some browsers drag nothing else
              event.dataTransfer.effectAllowed = 'move';
              onHold();
            }}
            onDragEnd={onDropped}
          >
            <IconGripVertical size={16} />
          </span>
        )}
        <span className="num muted">{place + 1}.</span>
        <Link to={`/flows/${listener.id}`} className="ell ans-name" title={name}>
          {name}
        </Link>
        {!live && <Chip tone="warn">{t('draft')}</Chip>}
        {stopped && <Chip>{t('stopped')}</Chip>}
        <span className="grow" />
        {edits && (
          <>
            <ActionIcon size={28} aria-label={t('up', { name })} aria-disabled={place === 0} onClick={() => onMove(place - 1)}>
              <IconArrowUp size={16} />
            </ActionIcon>
            <ActionIcon size={28} aria-label={t('down', { name })} aria-disabled={place === count - 1} onClick={() => onMove(place + 1)}>
              <IconArrowDown size={16} />
            </ActionIcon>
            <ActionIcon size={28} aria-label={t('remove', { name })} onClick={onRemove}>
              <IconX size={16} />
            </ActionIcon>
          </>
        )}
      </div>
      {warning !== null && (
        <p className="ans-warning sm">
          <IconAlertTriangle size={14} aria-hidden /> {warning}
        </p>
      )}
      <div className="ans-fields">
        <Select
          label={t('when')}
          data={HOURS.map((value) => ({ value, label: t(`hours.${value}`) }))}
          value={hours}
          disabled={!edits || (!hasHours && hours === 'always')}
          allowDeselect={false}
          onChange={(value) => onChange({ hours: HOURS.find((each) => each === value) ?? 'always' })}
        />
        <Checkbox
          label={t('anyMessage')}
          checked={any_message}
          disabled={!edits}
          onChange={(event) => onChange({ any_message: event.currentTarget.checked })}
        />
        <TagsInput
          className="ans-words"
          label={t('keywords')}
          placeholder={keywords.length === 0 ? t('keywordsExample') : ''}
          value={keywords}
          maxTags={50}
          maxLength={200}
          splitChars={[',']}
          acceptValueOnBlur
          openOnFocus={false}
          disabled={!edits}
          isDuplicate={(word, words) => words.some((each) => plain(each) === plain(word))}
          onChange={(words) => onChange({ keywords: words.map((word) => word.replaceAll(',', ' ').trim()).filter((word) => plain(word) !== '') })}
        />
      </div>
      {own.length > 0 && <p className="sm muted">{t('own', { words: own.join(', ') })}</p>}
      {[...new Set(taken.map((each) => each.by))].map((by) => (
        <p key={by} className="ans-warning sm">
          <IconAlertTriangle size={14} aria-hidden />
          {t('taken', { by, words: taken.flatMap((each) => (each.by === by ? [`“${each.word}”`] : [])).join(', ') })}
        </p>
      ))}
    </li>
  );
}

function warningOf(standing: Standing, t: (key: string, values?: Record<string, string>) => string): string | null {
  switch (standing.kind) {
    case 'answers':
    case 'keywords':
      return null;
    case 'draft':
    case 'stopped':
    case 'deaf':
    case 'never_open':
      return t(`standing.${standing.kind}`);
    case 'partly':
      return t(`standing.partly_${standing.time}`, { by: standing.by });
    case 'never':
      return t('standing.never', { by: standing.by.join('”, “') });
  }
}
