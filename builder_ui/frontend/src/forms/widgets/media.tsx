// A file: chosen, dropped or pasted and then kept here, or the address of one that lies elsewhere.
import { Button, TextInput } from '@mantine/core';
import { IconLink, IconUpload } from '@tabler/icons-react';
import { useRef, useState, type ClipboardEvent, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { numberAt } from '../../document/schema';
import { textOf, textsOf } from '../../document/json';
import { FileDrop } from '../../files/FileDrop';
import { contentOf, useLimits, useUpload, type Kind, type Trouble } from '../../files/files-api';
import { StoredFile } from '../../files/StoredFile';
import { acceptOf } from '../../files/taken';
import '../../files/files.css';
import { sizeShown } from '../../ui/numbers';
import { FieldError } from '../FieldError';
import { FieldFrame } from '../FieldFrame';
import { useForm, type FieldProps } from '../form';

export function Media(props: FieldProps) {
  const { schema, value, beside, label, hint, error, disabled, onChange, required } = props;
  const { t, i18n } = useTranslation('files');
  const { flow } = useForm();
  const chooser = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [isOver, setOver] = useState(false);
  const [byAddress, setByAddress] = useState(false);
  const limits = useLimits(flow).data;
  const { sending, trouble, send, cancel } = useUpload(limits?.most, (stored) => {
    setByAddress(false);
    onChange(stored.ref);
  });
  const text = textOf(value).trim();
  const kind = kindOf(textOf(beside[textOf(schema['x-media-of'])]));
  const isStored = contentOf(text) !== null && sending === null;
  const isAddress = !isStored && sending === null && (text !== '' || byAddress);

  function take(files: FileList | undefined): boolean {
    const file = files?.[0];
    if (file === undefined || disabled) return false;
    void send(file);
    return true;
  }

  function onDrop(event: DragEvent): void {
    setOver(false);
    if (event.dataTransfer.files.length === 0) return; // words dragged into the address
    event.preventDefault();
    event.stopPropagation();
    take(event.dataTransfer.files);
  }

  function onPaste(event: ClipboardEvent): void {
    if (!take(event.clipboardData.files)) return;
    event.preventDefault();
    event.stopPropagation(); // the canvas is not meant
  }

  function onDrag(event: DragEvent, over: boolean): void {
    if (disabled || !event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setOver(over);
  }

  function swap(toAddress: boolean): void {
    setByAddress(toAddress);
    if (!toAddress) onChange(required ? '' : undefined);
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>('input:not([type=file]), button')?.focus());
  }

  return (
    <FieldFrame label={label} hint={hint} error={error}>
      <div ref={box} className="media" onPaste={onPaste} onDrop={onDrop} onDragOver={(event) => onDrag(event, true)} onDragLeave={(event) => onDrag(event, false)}>
        <input
          ref={chooser}
          type="file"
          hidden
          accept={acceptOf(kind)}
          aria-label={label}
          onChange={(event) => {
            take(event.currentTarget.files ?? undefined);
            event.currentTarget.value = '';
          }}
        />
        {isStored && <StoredFile value={text} disabled={disabled} onReplace={() => chooser.current?.click()} onRemove={() => swap(false)} />}
        {isAddress && <Address {...props} label={label} kind={kind} />}
        {!isStored && !isAddress && (
          <FileDrop kind={kind} limits={limits} isOver={isOver} sending={sending} disabled={disabled} onChoose={() => chooser.current?.click()} onCancel={cancel} />
        )}
        {trouble !== null && <FieldError text={inWords(trouble)} />}
        {!isStored && !disabled && sending === null && (
          <Button
            className="media-other"
            size="xs"
            variant="subtle"
            leftSection={isAddress ? <IconUpload size={14} /> : <IconLink size={14} />}
            onClick={() => swap(!isAddress)}
          >
            {isAddress ? t('insteadFile') : t('insteadAddress')}
          </Button>
        )}
        <span className="sr-only" role="status">
          {sending !== null ? t('sending', { name: sending.name }) : isStored ? t('there') : ''}
        </span>
      </div>
    </FieldFrame>
  );

  function inWords(found: Trouble): string {
    return t(`troubles.${found.kind}`, { most: found.kind === 'large' ? sizeShown(found.most, i18n.language) : '' });
  }
}

/** What lies elsewhere; where it can be looked at, what lies there is shown below. */
function Address({ schema, value, onChange, disabled, kind }: FieldProps & { kind: Kind }) {
  const { t } = useTranslation('files');
  const { file: File } = useForm();
  const text = textOf(value);
  const url = text.trim();
  return (
    <>
      <TextInput
        aria-label={t('address')}
        disabled={disabled}
        value={text}
        maxLength={numberAt(schema, 'maxLength')}
        placeholder={textsOf(schema['examples'])[0]}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {File !== undefined && !disabled && /^https?:\/\/[^\s{}]+\.[^\s{}]+$/.test(url) && <File url={url} kind={kind} />}
    </>
  );
}

function kindOf(word: string): Kind {
  return word === 'image' || word === 'video' || word === 'audio' ? word : 'document';
}
