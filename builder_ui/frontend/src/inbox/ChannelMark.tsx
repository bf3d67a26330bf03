// The small mark of a channel at a contact's avatar.
import { IconBrandInstagram, IconBrandMessenger, IconBrandTelegram, IconBrandWhatsapp, IconMail, IconPlug, IconWorld } from '@tabler/icons-react';

const marks = {
  webchat: IconWorld,
  whatsapp: IconBrandWhatsapp,
  instagram: IconBrandInstagram,
  messenger: IconBrandMessenger,
  telegram: IconBrandTelegram,
  email: IconMail,
  http: IconPlug,
};

export function ChannelMark({ kind }: { kind: string }) {
  const Mark = Object.entries(marks).find(([name]) => name === kind)?.[1] ?? IconWorld;
  return <Mark size={11} style={{ strokeWidth: 2 }} aria-hidden />;
}
