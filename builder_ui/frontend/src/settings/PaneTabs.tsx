// The two sides of a thing that flows answer on: who answers, and its settings.
import { useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

export const tabs = ['answers', 'settings'] as const;
export type Tab = (typeof tabs)[number];

export function PaneTabs({ tab, onChange }: { tab: Tab; onChange: (tab: Tab) => void }) {
  const { t } = useTranslation('answering');
  const list = useRef<HTMLDivElement>(null);

  function onKey(event: KeyboardEvent) {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    const other = tab === 'answers' ? 'settings' : 'answers';
    onChange(other);
    list.current?.querySelector<HTMLElement>(`[data-tab="${other}"]`)?.focus();
  }

  return (
    <div ref={list} className="set-tabs" role="tablist" aria-label={t('tabs.label')} onKeyDown={onKey}>
      {tabs.map((each) => (
        <button key={each} type="button" role="tab" data-tab={each} aria-selected={each === tab} tabIndex={each === tab ? 0 : -1} onClick={() => onChange(each)}>
          {t(`tabs.${each}`)}
        </button>
      ))}
    </div>
  );
}
