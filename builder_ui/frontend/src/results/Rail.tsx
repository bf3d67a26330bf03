// What one may ask of the results, in the palette's place: a tab each, tile over word.
import { Tabs } from '@mantine/core';
import { IconArrowsSplit, IconChartBar, IconListDetails, IconMessageQuestion, IconTable, IconUsers, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

export const tabs: { id: string; icon: Icon }[] = [
  { id: 'numbers', icon: IconChartBar },
  { id: 'runs', icon: IconListDetails },
  { id: 'tests', icon: IconArrowsSplit },
  { id: 'invalid', icon: IconMessageQuestion },
  { id: 'answers', icon: IconTable },
  { id: 'people', icon: IconUsers },
];

export function Rail() {
  const { t } = useTranslation('results');
  return (
    <Tabs.List className="bld-palette res-rail" aria-label={t('title')}>
      {tabs.map(({ id, icon: Mark }) => (
        <Tabs.Tab key={id} value={id} className="bld-group" aria-label={t(`tabs.${id}`)}>
          <Mark size={20} aria-hidden />
          {t(`rail.${id}`)}
        </Tabs.Tab>
      ))}
    </Tabs.List>
  );
}
