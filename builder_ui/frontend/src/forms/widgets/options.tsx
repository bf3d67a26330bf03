// Options as rows: grip, title, what else they understand, more.
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconDotsVertical, IconGripVertical, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { textOf, textsOf, type Json, type JsonObject } from '../../document/json';
import { choicesOf, numberAt, propertiesOf, titleOf, type Schema } from '../../document/schema';
import { FieldError } from '../FieldError';
import { FieldFrame } from '../FieldFrame';
import { errorAt, useForm, type FieldProps } from '../form';
import { idProperty, itemSchema, movedRow, newRow, rowsOf, titleProperty } from '../rows';
import { SchemaForm } from '../SchemaForm';

export function Options({ schema, value, onChange, pointer, label, error, disabled }: FieldProps) {
  const { types, language, errors } = useForm();
  const { t } = useTranslation('builder');
  const [opened, setOpened] = useState<number | null>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const [fresh, setFresh] = useState<number | null>(null);
  const rows = rowsOf(value);
  const item = itemSchema(types, schema);
  const properties = propertiesOf(types, item);
  const title = titleProperty(properties)?.name ?? '';
  const rest = properties.filter((property) => property.name !== title && property.name !== idProperty(properties)?.name);
  const [second] = rest;
  const change = (index: number, row: JsonObject) => onChange(rows.with(index, row));
  const move = (from: number, to: number) => onChange(movedRow(rows, from, to));

  /** What the row's second value says: words of a list, or of the choice. */
  function inWords(schema: Schema, value: Json | undefined): string[] {
    if (Array.isArray(value)) return textsOf(value);
    const chosen = value ?? schema['default'];
    return choicesOf(schema, language).filter((each) => each.value === chosen).map((each) => each.title);
  }

  function onKey(event: KeyboardEvent, index: number) {
    if (event.altKey && event.key === 'ArrowUp') move(index, index - 1);
    else if (event.altKey && event.key === 'ArrowDown') move(index, index + 1);
    else if (event.key === 'Enter') add();
    else return;
    event.preventDefault();
  }

  function add() {
    if (rows.length >= (numberAt(schema, 'maxItems') ?? Infinity)) return;
    onChange([...rows, newRow(types, schema, rows, language, titleOf(item, language) || t('form.option'))]);
    setFresh(rows.length);
  }

  return (
    <FieldFrame label={label} error={error} side={second === undefined ? undefined : titleOf(second.schema, language).toLowerCase()}>
      <div className="options">
        {rows.map((row, index) => {
          const place = `${pointer}/${String(index)}`;
          const wrong = errorAt(errors, place, true);
          const others = second === undefined ? [] : inWords(second.schema, row[second.name]);
          return (
            <div
              key={textOf(row[idProperty(properties)?.name ?? '']) || index}
              className={`option ${dragged === index ? 'is-dragged' : ''}`}
              onDragOver={(event) => {
                if (dragged === null) return;
                event.preventDefault();
                if (dragged !== index) {
                  move(dragged, index);
                  setDragged(index);
                }
              }}
            >
              <div className="option-row">
                <span
                  className="grip"
                  draggable={!disabled}
                  title={t('form.drag')}
                  onDragStart={() => setDragged(index)}
                  onDragEnd={() => setDragged(null)}
                >
                  <IconGripVertical size={14} />
                </span>
                <input
                  className={`option-title ${wrong === null ? '' : 'is-wrong'}`}
                  aria-label={`${label} ${String(index + 1)}`}
                  value={textOf(row[title])}
                  // A row is added to be named: what is typed next is its title.
                  autoFocus={fresh === index}
                  onFocus={(event) => {
                    if (fresh === index) event.currentTarget.select();
                    setFresh(null);
                  }}
                  disabled={disabled}
                  onKeyDown={(event) => onKey(event, index)}
                  onChange={(event) => change(index, { ...row, [title]: event.currentTarget.value })}
                />
                {rest.length > 0 && (
                  <button
                    type="button"
                    className="option-more ell"
                    aria-expanded={opened === index}
                    title={others.join(', ')}
                    onClick={() => setOpened(opened === index ? null : index)}
                  >
                    {others.length > 0 ? others.join(', ') : t('form.none')}
                  </button>
                )}
                <Menu position="bottom-end" disabled={disabled}>
                  <Menu.Target>
                    <ActionIcon size={24} aria-label={t('form.rowMenu', { title: textOf(row[title]) })}>
                      <IconDotsVertical size={14} />
                    </ActionIcon>
                  </Menu.Target>
                  <Menu.Dropdown>
                    <Menu.Item leftSection={<IconArrowUp size={14} />} disabled={index === 0} onClick={() => move(index, index - 1)}>
                      {t('form.up')}
                    </Menu.Item>
                    <Menu.Item leftSection={<IconArrowDown size={14} />} disabled={index === rows.length - 1} onClick={() => move(index, index + 1)}>
                      {t('form.down')}
                    </Menu.Item>
                    <Menu.Item leftSection={<IconTrash size={14} />} disabled={rows.length === 1} onClick={() => onChange(rows.toSpliced(index, 1))}>
                      {t('form.remove')}
                    </Menu.Item>
                  </Menu.Dropdown>
                </Menu>
              </div>
              {wrong !== null && <FieldError text={wrong} />}
              {opened === index && (
                <div className="option-body">
                  <SchemaForm schema={only(item, rest.map((each) => each.name))} value={row} onChange={(next) => change(index, next)} pointer={place} />
                </div>
              )}
            </div>
          );
        })}
      </div>
      {!disabled && (
        <Button variant="subtle" size="xs" className="add" leftSection={<IconPlus size={14} />} onClick={add}>
          {titleOf(item, language) === '' ? t('form.addOption') : t('form.add')}
        </Button>
      )}
    </FieldFrame>
  );
}

/** The schema with only some of its properties. */
function only(schema: JsonObject, names: string[]): JsonObject {
  const properties = schema['properties'];
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) return schema;
  return { ...schema, properties: Object.fromEntries(Object.entries(properties).filter(([name]) => names.includes(name))) };
}
