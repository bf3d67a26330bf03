// The numbers on a card: who came and how long they stayed, who waits, who failed; at each way out how many took it.
import { IconAlertCircle, IconHourglass } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useBuilder } from '../builder/store';
import type { CardHeat } from '../document/heat';
import { countShown, shareShown, timeShown } from '../ui/numbers';

export function CardCounts({ heat }: { heat: CardHeat }) {
  const { t } = useTranslation('results');
  const language = useBuilder((builder) => builder.language);
  const { reached, waiting, failed, seconds } = heat.counts;
  return (
    <span className="cv-counts">
      {failed > 0 && (
        <span className="cv-count is-failed num" title={t('card.failed', { count: failed })}>
          <IconAlertCircle size={12} aria-hidden /> {countShown(failed, language)}
        </span>
      )}
      {waiting > 0 && (
        <span className="cv-count num" title={t('card.waiting', { count: waiting })}>
          <IconHourglass size={12} aria-hidden /> {countShown(waiting, language)}
        </span>
      )}
      <span className={`cv-count num ${reached === 0 ? 'is-none' : ''}`} title={t('card.reached', { count: reached })}>
        {countShown(reached, language)}
        {seconds !== null && ` · ${timeShown(seconds, language)}`}
      </span>
    </span>
  );
}

export function PortCount({ heat, port }: { heat: CardHeat; port: string }) {
  const language = useBuilder((builder) => builder.language);
  const { runs, share, lost, width } = heat.ports.get(port) ?? { runs: 0, share: 0, lost: false, width: 0 };
  const isLoss = lost && runs > 0;
  return (
    <span className={`cv-taken num ${isLoss ? 'is-lost' : ''}`}>
      <b>{countShown(runs, language)}</b>
      <i>{runs === 0 ? '–' : shareShown(share, language)}</i>
      {isLoss && <span className="cv-loss" style={{ height: Math.min(8, width) }} aria-hidden />}
    </span>
  );
}
