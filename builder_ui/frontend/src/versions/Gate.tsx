// What stands before a publication: errors that keep it back, stories, past runs, warnings that want a tick.
import './versions.css';
import { Checkbox } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { goTo, sorted } from '../builder/problems';
import { useBuilder, useBuilderStore } from '../builder/store';
import type { Finding } from '../document/flow';
import type { Names } from './names';
import { PastRuns } from './PastRuns';
import type { Retraced } from './versions-api';

type Props = {
  errors: Finding[];
  warnings: Finding[];
  stories: { count: number; passed: number } | undefined;
  /** Null where nothing can be walked again. */
  past: { retraced: Retraced | null | undefined } | null;
  names: Names;
  accepted: boolean;
  onAccept: (accepted: boolean) => void;
  onLeave: () => void;
};

export function Gate({ errors, warnings, stories, past, names, accepted, onAccept, onLeave }: Props) {
  const { t } = useTranslation('builder');
  const store = useBuilderStore();
  const language = useBuilder((builder) => builder.language);
  if (errors.length > 0) {
    return (
      <div className="gate-box is-error">
        <b>{t('publish.errors', { count: errors.length })}</b>
        <ul>
          {sorted(errors).map((finding, index) => (
            <li key={index}>
              <button
                type="button"
                className="link"
                onClick={() => {
                  onLeave();
                  goTo(store, finding);
                }}
              >
                {finding.message[language]}
              </button>
            </li>
          ))}
        </ul>
      </div>
    );
  }
  return (
    <>
      <div className="ver-checks">
        <p className="gate is-ok">
          <IconCircleCheck size={16} aria-hidden /> {t('publish.noErrors')}
        </p>
        {stories !== undefined && stories.count > 0 && <Stories {...stories} />}
        {past !== null && <PastRuns retraced={past.retraced} names={names} />}
      </div>
      {warnings.length > 0 && (
        <div className="gate-box is-warning">
          {warnings.map((finding, index) => (
            <p key={index} className="row">
              <IconAlertTriangle size={16} aria-hidden /> <span className="grow">{finding.message[language]}</span>
            </p>
          ))}
          <Checkbox label={t('publish.accept')} checked={accepted} onChange={(event) => onAccept(event.currentTarget.checked)} />
        </div>
      )}
    </>
  );
}

function Stories({ count, passed }: { count: number; passed: number }) {
  const { t } = useTranslation('versions');
  const hasPassed = passed === count;
  return (
    <p className={hasPassed ? 'gate is-ok' : 'gate is-warning'}>
      {hasPassed ? <IconCircleCheck size={16} aria-hidden /> : <IconAlertTriangle size={16} aria-hidden />}
      {hasPassed ? t('stories.passed', { count }) : t('stories.failed', { count, passed })}
    </p>
  );
}
