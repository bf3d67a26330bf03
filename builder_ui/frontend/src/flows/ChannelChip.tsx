// Where a flow answers, in words: the channel, and when or to what where that is not always and anything.
import { IconMail, IconPlugConnected, IconWorld, type TablerIcon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ChannelUse } from '../builder/flow-api';

const icons: Record<string, TablerIcon> = { webchat: IconWorld, http: IconPlugConnected, email: IconMail };

export function ChannelChip({ channel }: { channel: ChannelUse }) {
  const { t } = useTranslation('flows');
  const Icon = icons[channel.kind] ?? IconWorld;
  const words = [...(channel.hours === 'always' ? [] : [t(`use.${channel.hours}`)]), ...(channel.any_message ? [] : [t('use.keyword')])];
  const keywords = channel.keywords.length === 0 ? '' : ` · ${t('use.keywords', { words: channel.keywords.join(', ') })}`;
  return (
    <Link to={`/settings/channels/${encodeURIComponent(channel.key)}`} className="ui-chip line flows-use" title={`${[channel.name, ...words].join(' · ')}${keywords}`}>
      <Icon size={12} aria-hidden /> <span className="ell">{[channel.name, ...words].join(' · ')}</span>
    </Link>
  );
}
