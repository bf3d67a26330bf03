// The problems: errors, then warnings; a sentence, where, the code, and the fix as a button.
import { ActionIcon, Button } from '@mantine/core';
import { IconAlertCircle, IconAlertTriangle, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../document/flow';
import { nodeById } from '../document/flow';
import { titleOf } from '../document/schema';
import { nameOfNode } from '../document/template';
import { Chip } from '../ui/Chip';
import { fixFor } from './fixes';
import { goTo, sorted } from './problems';
import { useBuilder, useBuilderStore } from './store';

export function ProblemsPanel() {
  const { t } = useTranslation('builder');
  const store = useBuilderStore();
  const findings = useBuilder((builder) => builder.findings);
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  const warnings = findings.length - errors;
  return (
    <section className="bld-panel" aria-label={t('problems.title')}>
      <div className="bld-panel-head">
        <h4>{t('problems.title')}</h4>
        {errors > 0 && <Chip tone="bad">{t('problems.errors', { count: errors })}</Chip>}
        {warnings > 0 && <Chip tone="warn">{t('problems.warnings', { count: warnings })}</Chip>}
        <span className="grow" />
        <ActionIcon size={28} aria-label={t('close', { ns: 'common' })} onClick={() => store.getState().set({ problems: false })}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      <ul>
        {findings.length === 0 && <li className="bld-problem muted">{t('problems.none')}</li>}
        {sorted(findings).map((finding, index) => (
          <Problem key={index} finding={finding} />
        ))}
      </ul>
    </section>
  );
}

function Problem({ finding }: { finding: Finding }) {
  const { t } = useTranslation('builder');
  const store = useBuilderStore();
  const document = useBuilder((builder) => builder.edited.document);
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const node = finding.node === null ? undefined : nodeById(document, finding.node);
  const kind = node === undefined ? null : titleOf(types.types[node.type] ?? {}, language);
  const place = node === undefined ? t('problems.flow') : `${kind ?? node.type} · ${nameOfNode(document, types, node.id, language)}`;
  const fix = fixFor(finding);
  return (
    <li className="bld-problem">
      <button type="button" className="bld-problem-text" onClick={() => goTo(store, finding)}>
        {finding.severity === 'error' ? <IconAlertCircle size={16} className="is-error" /> : <IconAlertTriangle size={16} className="is-warning" />}
        <span className="grow">
          <span>{finding.message[language]}</span>
          <span className="sm muted">
            {place} · {finding.code}
          </span>
        </span>
      </button>
      {fix !== null && (
        <Button size="xs" className="bld-fix" onClick={() => store.getState().change(fix.change)}>
          {t(`fixes.${fix.kind}`, { target: nameOfNode(document, types, fix.target, language) })}
        </Button>
      )}
    </li>
  );
}
