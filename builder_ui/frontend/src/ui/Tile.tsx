// The tile of a node type: its glyph in the colour of its group; round starts, diamonds decide.
import {
  IconAlertCircle,
  IconApi,
  IconArrowRight,
  IconArrowRightCircle,
  IconArrowsSplit,
  IconArrowsSplit2,
  IconBell,
  IconBolt,
  IconBriefcase,
  IconCalendar,
  IconCalendarEvent,
  IconCategory,
  IconCheckbox,
  IconClock,
  IconCopy,
  IconCornerDownRight,
  IconCornerUpLeft,
  IconFlag2,
  IconGitBranch,
  IconHeadset,
  IconHelpCircle,
  IconHourglass,
  IconListDetails,
  IconListSearch,
  IconMail,
  IconMessage,
  IconMessageCirclePause,
  IconMessageDots,
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
  IconUserCheck,
  IconUserEdit,
  IconVariable,
  type TablerIcon,
} from '@tabler/icons-react';
import type { CSSProperties } from 'react';

// The icons of the node types by their names in the schemas; one that is not here shows as a square.
const icons: Record<string, TablerIcon> = {
  'alert-circle': IconAlertCircle,
  api: IconApi,
  'arrow-right': IconArrowRight,
  'arrow-right-circle': IconArrowRightCircle,
  'arrows-split': IconArrowsSplit,
  'arrows-split-2': IconArrowsSplit2,
  bell: IconBell,
  bolt: IconBolt,
  briefcase: IconBriefcase,
  calendar: IconCalendar,
  'calendar-event': IconCalendarEvent,
  category: IconCategory,
  checkbox: IconCheckbox,
  clock: IconClock,
  copy: IconCopy,
  'corner-down-right': IconCornerDownRight,
  'corner-up-left': IconCornerUpLeft,
  'flag-2': IconFlag2,
  'git-branch': IconGitBranch,
  headset: IconHeadset,
  'help-circle': IconHelpCircle,
  hourglass: IconHourglass,
  'list-details': IconListDetails,
  'list-search': IconListSearch,
  mail: IconMail,
  message: IconMessage,
  'message-circle-pause': IconMessageCirclePause,
  'message-dots': IconMessageDots,
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
  'user-check': IconUserCheck,
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
