// A small mark of state; colour always comes with a word.
import type { ReactNode } from 'react';

export type Tone = 'plain' | 'ok' | 'warn' | 'bad' | 'info' | 'accent' | 'line';

export function Chip({ tone = 'plain', children, title }: { tone?: Tone; children: ReactNode; title?: string }) {
  return (
    <span className={`ui-chip ${tone}`} title={title}>
      {children}
    </span>
  );
}
