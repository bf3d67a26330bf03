// Template text: what is filled in shows as chips; a menu, or typing {{, inserts one.
import { ActionIcon, Popover, Tooltip } from '@mantine/core';
import { IconVariable } from '@tabler/icons-react';
import { useCallback, useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { textOf } from '../../document/json';
import { filtersOf, numberAt, sentenceOf } from '../../document/schema';
import { chipOf, statementChip } from '../../document/template';
import { Picker, type Pick } from '../../ui/Picker';
import { chip, chipBefore, cursorIn, draw, filtered, insertAt, isOpeningBraces, read, type Code } from '../chips';
import { FieldFrame } from '../FieldFrame';
import { useForm, type FieldProps } from '../form';
import { kept } from './text';

export function Template({ schema, value, onChange, label, hint, error, required, disabled }: FieldProps) {
  const { types, names, language, preview: Preview } = useForm();
  const { t } = useTranslation('builder');
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  /** The chip whose format is chosen, instead of a name to insert. */
  const [formatting, setFormatting] = useState<HTMLElement | null>(null);
  const braces = useRef(false);
  const cursor = useRef<Range | null>(null);
  const text = textOf(value);
  const nameOf = useCallback(
    (code: Code) =>
      code.kind === 'expression' ? chipOf(code.expression, names) : statementChip(code.statement, names, language),
    [names, language],
  );

  useEffect(() => {
    // While the author types, the element is ahead of the value; it is drawn anew only when they differ.
    if (box.current !== null && read(box.current) !== text) draw(box.current, text, nameOf);
  }, [text, nameOf]);

  function typed() {
    if (box.current === null) return;
    remember();
    if (isOpeningBraces(box.current)) {
      braces.current = true;
      setOpen(true);
    }
    onChange(kept(read(box.current), required));
  }

  /** The picker takes the focus, and the browser's cursor with it. */
  function remember() {
    if (box.current !== null) cursor.current = cursorIn(box.current) ?? cursor.current;
  }

  function insert(expression: string) {
    if (box.current === null) return;
    insertAt(box.current, cursor.current, chip(`{{ ${expression} }}`, chipOf(expression, names)), braces.current ? 2 : 0);
    close();
    typed();
  }

  function onPick(id: string) {
    const [what, rest = ''] = splitOnce(id);
    if (what === 'name') insert(rest);
    else if (what === 'chip') setFormatting(chipBefore(cursor.current));
    else format(rest === '' ? null : rest);
  }

  /** The chip says the same in another form. */
  function format(call: string | null) {
    const source = formatting?.dataset['source'];
    if (formatting === null || source === undefined) return;
    const next = filtered(source, call);
    formatting.dataset['source'] = next;
    formatting.title = next;
    close();
    typed();
  }

  function close() {
    braces.current = false;
    setOpen(false);
    setFormatting(null);
  }

  /** A click on a chip asks how it is to be written. */
  function clicked(target: EventTarget) {
    remember();
    const hit = target instanceof Element ? target.closest('.ui-var') : null;
    if (disabled || !(hit instanceof HTMLElement) || !hit.dataset['source']?.startsWith('{{')) return;
    setFormatting(hit);
    setOpen(true);
  }

  function onKey(event: KeyboardEvent) {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    document.execCommand('insertLineBreak'); // the one way that keeps the browser's own undo and cursor right
  }

  function picks(): Pick[] {
    const before = chipBefore(cursor.current);
    const first = before === null ? [] : [{ id: 'chip', title: t('form.formatOf', { name: before.textContent ?? '' }) }];
    return [...first, ...names.map((name) => ({ id: `name ${name.expression}`, title: name.title, group: groups[name.group] }))];
  }

  function formats(): Pick[] {
    const offered = filtersOf(types, language).map(({ title, group, call, shows }) => ({
      id: `format ${call}`,
      title,
      hint: shows,
      group: t(`filters.${group}`),
    }));
    return [{ id: 'format ', title: t('filters.none') }, ...offered];
  }

  const most = numberAt(schema, 'maxLength');
  const count = `${text.length.toLocaleString(language)} / ${(most ?? 0).toLocaleString(language)}`;
  const groups = { contact: t('names.contact'), answers: t('names.answers'), vars: t('names.vars'), other: t('names.other') };
  return (
    <FieldFrame id={id} label={label} side={most === undefined || text.length < most / 30 ? undefined : count} hint={hint} error={error}>
      <div className={`template ${error === null ? '' : 'is-wrong'}`}>
        <div
          ref={box}
          className="template-text"
          role="textbox"
          aria-multiline
          aria-labelledby={id}
          aria-invalid={error !== null}
          aria-required={required}
          aria-disabled={disabled}
          contentEditable={!disabled}
          suppressContentEditableWarning
          spellCheck
          data-placeholder={exampleOf(sentenceOf(schema, language))}
          onInput={typed}
          onBlur={remember}
          onKeyUp={remember}
          onMouseUp={(event) => clicked(event.target)}
          onKeyDown={onKey}
          onPaste={(event) => {
            event.preventDefault();
            document.execCommand('insertText', false, event.clipboardData.getData('text/plain'));
            if (box.current !== null) draw(box.current, read(box.current), nameOf);
          }}
        />
        {!disabled && (
          <Popover opened={open} onChange={(next) => (next ? setOpen(true) : close())} position="bottom-end" width={264} trapFocus returnFocus={false}>
            <Popover.Target>
              <Tooltip label={t('form.insert')}>
                <ActionIcon size={24} className="template-insert" aria-label={t('form.insert')} onClick={() => setOpen(true)}>
                  <IconVariable size={16} />
                </ActionIcon>
              </Tooltip>
            </Popover.Target>
            <Popover.Dropdown p={0} aria-label={t('form.insert')}>
              <Picker
                key={formatting === null ? 'names' : 'formats'}
                label={formatting === null ? t('form.insert') : t('form.formatOf', { name: formatting.textContent ?? '' })}
                picks={formatting === null ? picks() : formats()}
                onPick={onPick}
                onClose={close}
              />
            </Popover.Dropdown>
          </Popover>
        )}
      </div>
      {Preview !== undefined && !disabled && text.includes('{{') && <Preview text={text} label={label} />}
    </FieldFrame>
  );
}

/** What stands before the first space, and after it. */
function splitOnce(text: string): [string, string] {
  const at = text.indexOf(' ');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** An example with its names left out; one that is nothing but a name shows nothing. */
function exampleOf(text: string): string {
  const shown = text.replace(/\{\{.*?\}\}/g, '…');
  return /\p{L}/u.test(shown) ? shown : '';
}
