// What may be said of a test by now: too few people, no difference worth seeing, or one that is more than chance.
import { IconCheck, IconEqual, IconHourglass, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBuilder } from '../builder/store';
import { countShown, shareShown } from '../ui/numbers';
import type { Split } from './paths-api';

export function Verdict({ split }: { split: Split }) {
  const { t, i18n } = useTranslation('results');
  const language = useBuilder((builder) => builder.language);
  const { needed, verdict, worth, best, variants, judged } = split;
  if (judged.kind === 'unknown') return null;
  const least = Math.min(...variants.filter(({ weight }) => weight > 0).map(({ entered }) => entered));
  const titles = variants.filter(({ behind }) => behind).map(({ title }) => `“${title}”`);
  const behind = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(titles);
  const points = t('tests.points', { count: worth });
  switch (verdict) {
    case 'alone':
      return <Said icon={<IconInfoCircle size={16} />}>{t('tests.verdict.alone')}</Said>;
    case 'too_few':
      return (
        <>
          <Said icon={<IconHourglass size={16} />} title={t('tests.verdict.tooFew')}>
            {t('tests.verdict.tooFewWhy', { needed: countShown(needed, language), points, least: countShown(least, language) })}
          </Said>
          <span className="res-bar" role="img" aria-label={shareShown(Math.min(1, least / needed), language)}>
            <i style={{ width: `${String(Math.min(100, (least / needed) * 100))}%` }} />
          </span>
        </>
      );
    case 'alike':
      return (
        <Said icon={<IconEqual size={16} />} title={t('tests.verdict.alike')}>
          {t('tests.verdict.alikeWhy', { points })}
        </Said>
      );
    case 'differ':
      return (
        <Said icon={<IconCheck size={16} />} title={t('tests.verdict.differ', { best: variants.find(({ id }) => id === best)?.title ?? '', behind })}>
          {t('tests.verdict.differWhy', { needed: countShown(needed, language) })}
        </Said>
      );
  }
}

function Said({ icon, title, children }: { icon: ReactNode; title?: string; children: ReactNode }) {
  return (
    <div className="res-verdict">
      {icon}
      <div>
        {title !== undefined && <b>{title}</b>}
        <p>{children}</p>
      </div>
    </div>
  );
}
