// The list of flows: what is live, where, how it does; new, import, duplicate, export, archive.
import { Button, TextInput } from '@mantine/core';
import { IconPlus, IconSearch, IconUpload } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Refused } from '../api';
import { PageHead } from '../shell/PageHead';
import { Empty } from '../ui/Empty';
import { Failed } from '../ui/Failed';
import { fold } from '../ui/fold';
import { Loading } from '../ui/Loading';
import { toast } from '../ui/toast';
import { readFlow } from './files';
import { FlowTable } from './FlowTable';
import { useCreateFlow, useFlows } from './flows-api';
import { NewFlowDialog } from './NewFlowDialog';
import './flows.css';

export default function FlowsPage() {
  const { t } = useTranslation('flows');
  const flows = useFlows();
  const create = useCreateFlow();
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const [naming, setNaming] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const rows = flows.data ?? [];
  const found = rows.filter((row) => fold(`${row.name} ${row.key}`).includes(fold(query)));

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key !== '/' || event.target instanceof HTMLInputElement) return;
      event.preventDefault();
      search.current?.focus();
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  async function onFile(event: ChangeEvent<HTMLInputElement>) {
    const input = event.currentTarget;
    const chosen = input.files?.[0];
    if (chosen === undefined) return;
    const flow = readFlow(await chosen.text());
    input.value = '';
    if (flow === null) {
      toast({ text: t('import.notAFlow', { name: chosen.name }), stays: true });
      return;
    }
    create.mutate(flow, {
      onSuccess: (created) => void navigate(`/flows/${created.id}`),
      onError: (error) =>
        toast({ text: t('import.failed', { why: error instanceof Refused ? error.message : '' }), stays: true }),
    });
  }

  return (
    <>
      <PageHead title={t('title')}>
        <span className="grow" />
        <Button leftSection={<IconUpload size={16} />} loading={create.isPending} onClick={() => file.current?.click()}>
          {t('import.act')}
        </Button>
        <Button variant="filled" leftSection={<IconPlus size={16} />} onClick={() => setNaming(true)}>
          {t('new.act')}
        </Button>
        <input ref={file} type="file" accept="application/json,.json" hidden onChange={(event) => void onFile(event)} />
      </PageHead>
      <div className="flows">
        {flows.isPending && <Loading rows={6} />}
        {flows.isError && <Failed error={flows.error} title={t('failed')} onRetry={() => void flows.refetch()} />}
        {flows.data !== undefined && rows.length === 0 && (
          <Empty
            title={t('empty.title')}
            actions={
              <Button leftSection={<IconPlus size={16} />} onClick={() => setNaming(true)}>
                {t('new.act')}
              </Button>
            }
          >
            {t('empty.text')}
          </Empty>
        )}
        {rows.length > 0 && (
          <>
            <div className="flows-bar">
              <TextInput
                ref={search}
                className="flows-search"
                aria-label={t('search')}
                placeholder={t('search')}
                leftSection={<IconSearch size={14} />}
                rightSection={<span className="ui-kbd">/</span>}
                value={query}
                onChange={(event) => setQuery(event.currentTarget.value)}
              />
              <span className="grow" />
              <span className="sm muted num">{t('count', { shown: found.length, count: rows.length })}</span>
            </div>
            {found.length === 0 ? (
              <Empty title={t('none')} actions={<Button onClick={() => setQuery('')}>{t('clear')}</Button>} />
            ) : (
              <FlowTable rows={found} />
            )}
          </>
        )}
      </div>
      {naming && <NewFlowDialog onClose={() => setNaming(false)} />}
    </>
  );
}
