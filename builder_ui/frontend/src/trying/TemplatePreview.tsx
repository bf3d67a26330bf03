// Below a text with names in it: how a chosen contact would read it, written by the same hand as in a run.
import { ActionIcon, Button, Popover, Tooltip } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconChevronDown, IconEye, IconEyeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useBuilder } from '../builder/store';
import { namedIn } from '../document/mapping';
import { chipOf, namesOf } from '../document/template';
import { sampleOf, useExample, useExamples } from './example';
import { ForWhom } from './ForWhom';
import { usePreview } from './trying-api';
import './trying.css';

const REST = 350; // ms without a key before it is asked for

export function TemplatePreview({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation('trying');
  const flow = useBuilder((builder) => builder.flow.id);
  const { previews } = useExample(flow);
  const { set } = useExamples.getState();
  if (previews) return <Shown text={text} label={label} />;
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      className="add"
      leftSection={<IconEye size={14} />}
      aria-label={`${t('preview')} · ${label}`}
      onClick={() => set(flow, { previews: true })}
    >
      {t('preview')}
    </Button>
  );
}

function Shown({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation('trying');
  const flow = useBuilder((builder) => builder.flow.id);
  const document = useBuilder((builder) => builder.edited.document);
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const example = useExample(flow);
  const { set } = useExamples.getState();
  const [asked] = useDebouncedValue(text, REST);
  const [sample] = useDebouncedValue(sampleOf(example), REST);
  const shown = usePreview(flow, document, asked, sample);
  const names = namesOf(document, types, language);
  const { data } = shown;
  const name = example.contact?.name ?? t('example');
  return (
    <div className="preview" role="group" aria-label={`${t('preview')} · ${label}`}>
      <div className="preview-head">
        <Popover position="bottom-start" width={288} trapFocus withinPortal>
          <Popover.Target>
            <Button size="compact-xs" variant="subtle" className="add" aria-label={t('previewFor', { name })} rightSection={<IconChevronDown size={12} />}>
              {t('previewFor', { name })}
            </Button>
          </Popover.Target>
          <Popover.Dropdown p={12}>
            <ForWhom named={namedIn(text)} />
          </Popover.Dropdown>
        </Popover>
        <span className="grow" />
        <Tooltip label={t('hide')}>
          <ActionIcon size={24} aria-label={t('hide')} onClick={() => set(flow, { previews: false })}>
            <IconEyeOff size={14} />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className="preview-text" aria-live="polite">
        {data === undefined && shown.isError && <span className="muted">{t('noPreview')}</span>}
        {data?.text !== null && data !== undefined && (data.text.trim() === '' ? <span className="muted">{t('empty')}</span> : data.text)}
        {data?.wrong !== null && data?.wrong !== undefined && <span className="muted">{data.wrong[language]}</span>}
      </div>
      {data !== undefined && data.lacks.length > 0 && (
        <span className="frame-hint">{t('lacks', { names: data.lacks.map((each) => chipOf(each, names)).join(', ') })}</span>
      )}
    </div>
  );
}
