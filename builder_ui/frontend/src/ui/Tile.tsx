// The tile of a node type: its glyph in the colour of its group; round starts, diamonds decide.
import {
  IconAlertCircle,
  IconApi,
  IconArrowsSplit2,
  IconBell,
  IconBolt,
  IconBriefcase,
  IconCalendar,
  IconCheckbox,
  IconClock,
  IconCornerUpLeft,
  IconFlag2,
  IconGitBranch,
  IconHeadset,
  IconHelpCircle,
  IconHourglass,
  IconListDetails,
  IconMail,
  IconMessage,
  IconMessageCirclePause,
  IconMessages,
  IconNote,
  IconPlayerStop,
  IconRoute,
  IconShieldCheck,
  IconSparkles,
  IconSquare,
  IconStar,
  IconTag,
  IconTarget,
  IconTemplate,
  IconTimeline,
  IconUserEdit,
  IconVariable,
  type TablerIcon,
} from '@tabler/icons-react';
import type { CSSProperties } from 'react';

// The icons of design's table by their names in the schemas; one that is not here shows as a square.
const icons: Record<string, TablerIcon> = {
  'alert-circle': IconAlertCircle,
  api: IconApi,
  'arrows-split-2': IconArrowsSplit2,
  bell: IconBell,
  bolt: IconBolt,
  briefcase: IconBriefcase,
  calendar: IconCalendar,
  checkbox: IconCheckbox,
  clock: IconClock,
  'corner-up-left': IconCornerUpLeft,
  'flag-2': IconFlag2,
  'git-branch': IconGitBranch,
  headset: IconHeadset,
  'help-circle': IconHelpCircle,
  hourglass: IconHourglass,
  'list-details': IconListDetails,
  mail: IconMail,
  message: IconMessage,
  'message-circle-pause': IconMessageCirclePause,
  messages: IconMessages,
  note: IconNote,
  'player-stop': IconPlayerStop,
  route: IconRoute,
  'shield-check': IconShieldCheck,
  sparkles: IconSparkles,
  star: IconStar,
  tag: IconTag,
  target: IconTarget,
  template: IconTemplate,
  timeline: IconTimeline,
  'user-edit': IconUserEdit,
  variable: IconVariable,
};

type Props = { group: string; icon: string; shape?: 'round' | 'square' | 'diamond'; size?: number };

export function Tile({ group, icon, shape = 'square', size = 26 }: Props) {
  const Icon = icons[icon] ?? IconSquare;
  return (
    <span className={`ui-tile ${shape}`} style={colours(group, size)} aria-hidden>
      <Icon size={Math.round(size * 0.62)} />
    </span>
  );
}

/** Custom properties are not in React's type of styles: they are set as a record that is one. */
function colours(group: string, size: number): CSSProperties {
  const style: CSSProperties & Record<`--${string}`, string> = {
    '--cat': `var(--cat-${group})`,
    '--cat-tint': `var(--cat-${group}-tint)`,
    width: size,
    height: size,
    borderRadius: size > 30 ? 11 : undefined,
  };
  return style;
}
