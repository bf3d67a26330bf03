// The draft on a real channel: a code that whoever writes it talks to the draft by, on their own phone.
import { Button, CopyButton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconCheck, IconCopy, IconDeviceMobile, IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { api, Refused } from '../api';
import { useBuilder } from '../builder/store';
import { FieldError } from '../forms/FieldError';
import { may } from '../may';
import { useSession } from '../session';
import { Failed } from '../ui/Failed';
import { Loading } from '../ui/Loading';

type Test = {
  code: string | null;
  end: string;
  ends_at: string | null;
  channels: { key: string; kind: string; name: string; page: string | null }[];
};
const LOOK_AGAIN = 30_000; // ms: its time runs out by itself

export function RealTest() {
  const { t } = useTranslation('simulator');
  const flow = useBuilder((builder) => builder.flow.id);
  const language = useBuilder((builder) => builder.language);
  const mayTest = may(useSession().data?.member.role, 'edit flows');
  const queries = useQueryClient();
  const path = `/flows/${flow}/test`;
  const key = ['draft-test', flow];
  const test = useQuery({ queryKey: key, refetchInterval: LOOK_AGAIN, enabled: mayTest, queryFn: ({ signal }) => api.get<Test>(path, signal) });
  const begin = useMutation({ mutationFn: () => api.post<Test>(path), onSuccess: (made) => queries.setQueryData(key, made) });
  const end = useMutation({ mutationFn: () => api.delete(path), onSuccess: () => queries.invalidateQueries({ queryKey: key }) });

  if (!mayTest) return <p className="sim-real muted">{t('real.notYours')}</p>;
  if (test.isError) return <Failed error={test.error} title={t('real.failed')} onRetry={() => void test.refetch()} />;
  if (test.data === undefined) return <Loading />;
  const { code, end: word, ends_at: until, channels } = test.data;
  return (
    <div className="sim-real">
      <p>{t('real.about')}</p>
      {code === null ? (
        <Button variant="filled" leftSection={<IconDeviceMobile size={16} />} loading={begin.isPending} onClick={() => begin.mutate()}>
          {t('real.begin')}
        </Button>
      ) : (
        <>
          <div className="sim-code-row">
            <code>{code}</code>
            <CopyButton value={code}>
              {({ copied, copy }) => (
                <Button size="xs" leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />} onClick={copy}>
                  {copied ? t('real.copied') : t('real.copy')}
                </Button>
              )}
            </CopyButton>
          </div>
          {until !== null && (
            <p className="muted num">{t('real.until', { time: new Date(until).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' }) })}</p>
          )}
          <ol>
            <li>
              {t('real.open')}
              <ul>
                {channels.map((channel) => (
                  <li key={channel.key}>
                    {channel.page === null ? (
                      channel.name
                    ) : (
                      <a href={channel.page} target="_blank" rel="noreferrer">
                        {channel.name} <IconExternalLink size={12} aria-label={t('real.newTab')} />
                      </a>
                    )}
                  </li>
                ))}
              </ul>
            </li>
            <li>{t('real.write')}</li>
            <li>{t('real.leave', { word })}</li>
          </ol>
          <p className="frame-hint">{t('real.draft')}</p>
          <p className="frame-hint">{t('real.effects')}</p>
          <p className="frame-hint">{t('real.people')}</p>
          <div className="row">
            <Button size="xs" loading={begin.isPending} onClick={() => begin.mutate()}>
              {t('real.longer')}
            </Button>
            <Button size="xs" variant="subtle" loading={end.isPending} onClick={() => end.mutate()}>
              {t('real.end')}
            </Button>
          </div>
        </>
      )}
      {begin.isError && <FieldError text={begin.error instanceof Refused && begin.error.code === 'flow' ? t('real.noFlow') : t('real.failed')} />}
    </div>
  );
}
