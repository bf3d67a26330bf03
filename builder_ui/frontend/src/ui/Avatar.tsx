// A person by initials, with presence as a shape or the mark of a channel.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export type PresenceName = 'online' | 'away' | 'offline';

export function Presence({ is }: { is: PresenceName }) {
  const { t } = useTranslation();
  return <span className={`ui-presence ${is}`} role="img" aria-label={t(`presence.${is}`)} />;
}

type Props = { name: string; size?: 's' | 'm' | 'l'; presence?: PresenceName; mark?: ReactNode };

export function Avatar({ name, size = 'm', presence, mark }: Props) {
  return (
    <span className={`ui-avatar ${size}`} title={name}>
      <span aria-hidden>{initials(name)}</span>
      {presence !== undefined && <Presence is={presence} />}
      {mark !== undefined && <span className="ui-mark">{mark}</span>}
    </span>
  );
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.[0] ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return (first + last).toUpperCase();
}
