// At the foot of a step that speaks: what it says as the contact sees it on a channel, played by the interpreter itself.
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconChevronRight, IconDeviceMobile } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBuilder } from '../builder/store';
import type { FlowDocument, FlowNode } from '../document/flow';
import { textOf } from '../document/json';
import { rehearse, type Said } from '../simulator/rehearsal-api';
import { alone } from './alone';
import '../simulator/simulator.css';

const REST = 400; // ms without a key before it is asked for
const KINDS = ['webchat', 'whatsapp', 'instagram', 'messenger', 'telegram'];

export function OnChannel({ node }: { node: FlowNode }) {
  const { t } = useTranslation(['trying', 'simulator']);
  const [open, setOpen] = useState(false);
  const channels = useBuilder((builder) => builder.channels);
  const things = useBuilder((builder) => builder.types.things?.['channel']);
  const own = [...channels.map(({ kind }) => kind), ...(things ?? []).map((each) => textOf(each['kind']))];
  const kinds = [...new Set([...own.filter((kind) => KINDS.includes(kind)), ...KINDS])];
  const [chosen, setChosen] = useState<string | null>(null);
  const kind = chosen ?? kinds[0] ?? 'webchat';
  const titleOf = (each: string) => t(`channels.${each}`, { ns: 'simulator' });
  return (
    <section className="on-channel">
      <button type="button" className="folded-head" aria-expanded={open} onClick={() => setOpen(!open)}>
        <IconDeviceMobile size={16} />
        <span className="grow muted">{t('onChannel.title', { channel: titleOf(kind) })}</span>
        <IconChevronRight size={14} className={open ? 'is-open' : ''} />
      </button>
      {open && (
        <div className="on-channel-body">
          <Select aria-label={t('onChannel.channel')} data={kinds.map((each) => ({ value: each, label: titleOf(each) }))} value={kind} allowDeselect={false} onChange={setChosen} />
          <Seen node={node} kind={kind} />
        </div>
      )}
    </section>
  );
}

function Seen({ node, kind }: { node: FlowNode; kind: string }) {
  const { t } = useTranslation('trying');
  const flow = useBuilder((builder) => builder.flow.id);
  const document = useBuilder((builder) => builder.edited.document);
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const [asked] = useDebouncedValue(node, REST, { leading: true });
  const seen = useQuery({
    queryKey: ['on-channel', flow, kind, asked.type, asked.params],
    queryFn: () => played(flow, alone(document, asked, types, language), kind),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  });
  if (seen.data === undefined) return <p className="sm muted">{seen.isError ? t('onChannel.notYet') : t('onChannel.asking')}</p>;
  return (
    <div className={`on-channel-talk is-${kind}`} aria-live="polite">
      {seen.data.length === 0 && <p className="sm muted">{t('onChannel.silent')}</p>}
      {seen.data.map((message, index) => (
        <Message key={index} message={message} />
      ))}
    </div>
  );
}

async function played(flow: string, document: FlowDocument, kind: string): Promise<Said[]> {
  const came = await rehearse(flow, { document, world: { channel: { kind, key: kind } }, acts: [{ says: 'Oi' }] });
  return [...came.acts, ...(came.halfway === null ? [] : [came.halfway])].flatMap((turn) => turn.messages);
}

function Message({ message }: { message: Said }) {
  return (
    <div className="sim-bubble in">
      {message.attachments.map((file) => (file.mime.startsWith('image/') ? <img key={file.url} src={file.url} alt={file.name} /> : <span key={file.url} className="sim-file">{file.name}</span>))}
      <div className="sim-words">{message.text}</div>
      {message.options.length > 0 && (
        <div className={`sim-options ${message.show_as === 'list' ? 'is-list' : ''}`}>
          {message.options.map((option) => (
            <button key={option.id} type="button" disabled>
              {option.title}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
