// The 56 px head of a page: title, what belongs to it, and at last the one filled button.
import type { ReactNode } from 'react';

export function PageHead({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className="shell-head">
      <h1>{title}</h1>
      {children}
    </header>
  );
}
