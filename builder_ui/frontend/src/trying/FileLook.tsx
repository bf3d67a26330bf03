// What lies at the address of a file: how it looks, what it is, and what the flow's channels will say of it.
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconAlertTriangle, IconCheck, IconFile } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { api, Refused } from '../api';
import { useBuilder } from '../builder/store';
import { sizeShown } from '../ui/numbers';
import './trying.css';

type Trouble = { code: string; channel: string | null; most: number | null };
type Looked = { status: number; mime: string; size: number | null; troubles: Trouble[] };

const REST = 700; // ms without a key before somebody else's system is asked
const GRAVE = ['away', 'barred', 'status', 'page', 'other_kind'];

export function FileLook({ url, kind }: { url: string; kind: string }) {
  const { t } = useTranslation('trying');
  const flow = useBuilder((builder) => builder.flow.id);
  const language = useBuilder((builder) => builder.language);
  const [asked] = useDebouncedValue(url, REST);
  const looked = useQuery({
    queryKey: ['file', flow, asked, kind],
    staleTime: 60_000,
    retry: false,
    refetchOnWindowFocus: false,
    queryFn: () => api.post<Looked>(`/flows/${flow}/file`, { url: asked, kind }),
  });
  const found = looked.data;
  if (looked.isPending || asked !== url) return <span className="frame-hint">{t('file.looking')}</span>;
  if (found === undefined) {
    const often = looked.error instanceof Refused && looked.error.status === 429;
    return <span className="frame-hint">{often ? t('why.often') : t('file.notLooked')}</span>;
  }
  const isThere = !found.troubles.some(({ code }) => GRAVE.includes(code));
  const facts = [found.mime, found.size === null ? '' : sizeShown(found.size, language)].filter((fact) => fact !== '').join(' · ');
  return (
    <div className="file">
      {isThere && <Shown url={asked} kind={kind} label={t('file.shown')} />}
      {isThere && (
        <span className="file-facts num">
          {found.troubles.length === 0 ? <IconCheck size={14} className="is-ok" /> : <IconFile size={14} />}
          {facts === '' ? t('file.there') : facts}
        </span>
      )}
      {found.troubles.map(({ code, channel, most }) => (
        <p key={code + (channel ?? '')} className="try-real">
          <IconAlertTriangle size={14} />
          {t(`file.troubles.${code}`, {
            channel: channel ?? '',
            most: most === null ? '' : sizeShown(most, language),
            status: found.status,
            mime: found.mime,
            kind: t(`file.kinds.${kind}`, { defaultValue: kind }),
          })}
        </p>
      ))}
    </div>
  );
}

/** Only what lies at a safe address may be shown here. */
function Shown({ url, kind, label }: { url: string; kind: string; label: string }) {
  if (!url.startsWith('https://')) return null;
  switch (kind) {
    case 'image':
      return <img src={url} alt={label} referrerPolicy="no-referrer" />;
    case 'video':
      return <video src={url} controls preload="metadata" aria-label={label} />;
    case 'audio':
      return <audio src={url} controls preload="metadata" aria-label={label} />;
    default:
      return null;
  }
}
