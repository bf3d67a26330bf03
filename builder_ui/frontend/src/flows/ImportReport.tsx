// What a bundle brings and what it names: the key under which each flow comes in, and what stands for each thing here.
import { Alert, Select } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Things } from '../document/schema';
import { Chip } from '../ui/Chip';
import { decide, decisionOf, newKeys, toDecide, type CopiedFlow, type Decisions, type Report, type SentFile } from './bundle';
import { ReferenceRow } from './ReferenceRow';
import { kindOf } from './kinds';

type Props = { report: Report; things: Things; decisions: Decisions; manages: boolean; onDecide: (decisions: Decisions) => void };

export function ImportReport({ report, things, decisions, manages, onDecide }: Props) {
  const { t } = useTranslation('flows');
  const open = toDecide(report);
  const here = report.references.filter((found) => found.found === 'same_slug');
  const keys = newKeys(report, decisions, things);
  const names = new Map(report.flows.map((flow) => [flow.key, flow.name]));
  return (
    <>
      {report.flows.length > 0 && (
        <section className="import-part" aria-label={t('import.flows', { count: report.flows.length })}>
          <h3>{t('import.flows', { count: report.flows.length })}</h3>
          <ul className="import-rows">
            {report.flows.map((flow) => (
              <FlowRow key={flow.key} flow={flow} newKey={keys[flow.key] ?? flow.key} decisions={decisions} manages={manages} onDecide={onDecide} />
            ))}
          </ul>
        </section>
      )}
      {open.length > 0 && (
        <section className="import-part" aria-label={t('import.decide', { count: open.length })}>
          <h3>{t('import.decide', { count: open.length })}</h3>
          {!manages && <Alert icon={<IconInfoCircle size={16} />}>{t('import.notYours')}</Alert>}
          <ul className="import-rows">
            {open.map((found) => (
              <ReferenceRow
                key={`${found.kind}:${found.slug}`}
                found={found}
                names={names}
                things={things}
                decisions={decisions}
                locked={!manages}
                onDecide={(decision) => onDecide(decide(decisions, found, decision))}
              />
            ))}
          </ul>
        </section>
      )}
      <SentFiles files={report.files.filter((file) => !file.found)} />
      {here.length > 0 && (
        <details className="import-part">
          <summary>
            <h3>{t('import.here', { count: here.length })}</h3>
            {here.some((found) => found.differs.length > 0) && <Chip tone="warn">{t('import.someDiffer')}</Chip>}
          </summary>
          <ul className="import-rows">
            {here.map((found) => (
              <li key={`${found.kind}:${found.slug}`} className="import-row">
                <span className="grow">
                  <span className="sm muted">{t(`things.${found.kind}`, { defaultValue: found.kind })}</span>
                  <b className="ell">{found.here ?? found.slug}</b>
                </span>
                {found.differs.length > 0 && (
                  <Chip tone="warn">
                    {t('import.differs', { parts: found.differs.map((part) => t(`parts.${part}`, { defaultValue: part })).join(', ') })}
                  </Chip>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** Files that are not here yet: those that come along, and those that must be sent in again. */
function SentFiles({ files }: { files: SentFile[] }) {
  const { t } = useTranslation('flows');
  if (files.length === 0) return null;
  const title = t('import.files', { count: files.length });
  return (
    <section className="import-part" aria-label={title}>
      <h3>{title}</h3>
      <ul className="import-rows">
        {files.map((file) => (
          <li key={file.hash} className="import-row">
            <span className="grow">
              <b className="ell">{file.name || t('import.fileUnnamed')}</b>
            </span>
            <Chip tone={file.comes ? 'plain' : 'warn'}>{t(file.comes ? 'import.fileComes' : 'import.fileLacks')}</Chip>
          </li>
        ))}
      </ul>
    </section>
  );
}

type FlowRowProps = { flow: CopiedFlow; newKey: string; decisions: Decisions; manages: boolean; onDecide: (decisions: Decisions) => void };

function FlowRow({ flow, newKey, decisions, manages, onDecide }: FlowRowProps) {
  const { t } = useTranslation('flows');
  const thing = { kind: 'flow', slug: flow.key };
  const decision = decisionOf(flow, decisions);
  return (
    <li className="import-row">
      <span className="grow">
        <b className="ell" title={flow.name}>{flow.name}</b>
        <span className="sm muted">
          {t(`kinds.${kindOf(flow.kind)}.one`)} · {t('steps', { count: flow.nodes })}
        </span>
      </span>
      {flow.clash === null ? (
        <span className="sm muted num">{t('import.as', { key: newKey })}</span>
      ) : (
        <Select
          className="import-choice"
          aria-label={t('import.taken', { key: flow.key, name: flow.clash.name })}
          description={t('import.taken', { key: flow.key, name: flow.clash.name })}
          inputWrapperOrder={['input', 'description']}
          allowDeselect={false}
          data={[
            { value: 'create', label: t('import.add', { key: newKey }) },
            { value: 'use', label: t('import.useFlow', { name: flow.clash.name }), disabled: !manages && flow.clash.key !== flow.key },
          ]}
          value={decision.kind === 'use' ? 'use' : 'create'}
          onChange={(value) => onDecide(decide(decisions, thing, value === 'use' ? { kind: 'use', slug: flow.key } : { kind: 'create' }))}
        />
      )}
    </li>
  );
}
