// A list of things that each need a small form: parts of a message, branches, commands; pairs of short values stand in rows.
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconDots, IconPlus, IconTrash, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { textOf, type JsonObject } from '../../document/json';
import { numberAt, propertiesOf, titleOf, type Property } from '../../document/schema';
import { FieldError } from '../FieldError';
import { FieldFrame } from '../FieldFrame';
import { errorAt, useForm, type FieldProps } from '../form';
import { idProperty, itemSchema, movedRow, newRow, rowsOf } from '../rows';
import { SchemaForm } from '../SchemaForm';

const SHORT = new Set(['text', 'template', 'variable', 'number', 'ref']);

export function Blocks({ schema, value, onChange, pointer, label, hint, error, disabled }: FieldProps) {
  const { types, language, errors } = useForm();
  const { t } = useTranslation('builder');
  const rows = rowsOf(value);
  const item = itemSchema(types, schema);
  const properties = propertiesOf(types, item);
  const id = idProperty(properties)?.name;
  const most = numberAt(schema, 'maxItems') ?? Infinity;
  const least = numberAt(schema, 'minItems') ?? 0;
  const isPairs = arePairs(properties);
  const one = titleOf(item, language) || label;
  const isSingle = rows.length === 1 && least > 0 && !isPairs;
  const put = (next: JsonObject[]) => onChange(next.length === 0 && least === 0 ? undefined : next);
  const keyOf = (row: JsonObject, index: number) => (id !== undefined && textOf(row[id])) || index;
  const form = (row: JsonObject, index: number) => {
    const place = `${pointer}/${String(index)}`;
    const wrong = errorAt(errors, place, false);
    return (
      <div className="block-form">
        <SchemaForm schema={item} value={row} onChange={(next) => put(rows.with(index, next))} pointer={place} />
        {wrong !== null && <FieldError text={wrong} />}
      </div>
    );
  };

  return (
    <FieldFrame label={isSingle ? '' : label} hint={rows.length === 0 ? hint : ''} error={error}>
      {isPairs && rows.length > 0 && (
        <div className={`pairs ${properties.filter(isOpen).at(-1)?.schema['x-widget'] === 'number' ? 'has-number' : ''}`}>
          <div className="pairs-head" aria-hidden>
            {properties.filter(isOpen).map((property) => (
              <span key={property.name}>{titleOf(property.schema, language)}</span>
            ))}
          </div>
          {rows.map((row, index) => (
            <div key={keyOf(row, index)} className="pairs-row" role="group" aria-label={`${label} ${String(index + 1)}`}>
              {form(row, index)}
              {!disabled && (
                <ActionIcon
                  size={24}
                  aria-label={t('form.away', { title: `${label} ${String(index + 1)}` })}
                  disabled={rows.length <= least}
                  onClick={() => put(rows.toSpliced(index, 1))}
                >
                  <IconX size={14} />
                </ActionIcon>
              )}
            </div>
          ))}
        </div>
      )}
      {!isPairs &&
        rows.map((row, index) => (
          <div key={keyOf(row, index)} className={`block ${isSingle ? 'is-single' : ''}`}>
            {!isSingle && (
              <div className="block-head">
                <span className="muted xs num">
                  {index + 1} / {rows.length}
                </span>
                <Menu position="bottom-end" disabled={disabled}>
                  <Menu.Target>
                    <ActionIcon size={24} aria-label={t('form.rowMenu', { title: `${label} ${String(index + 1)}` })}>
                      <IconDots size={14} />
                    </ActionIcon>
                  </Menu.Target>
                  <Menu.Dropdown>
                    <Menu.Item leftSection={<IconArrowUp size={14} />} disabled={index === 0} onClick={() => put(movedRow(rows, index, index - 1))}>
                      {t('form.up')}
                    </Menu.Item>
                    <Menu.Item leftSection={<IconArrowDown size={14} />} disabled={index === rows.length - 1} onClick={() => put(movedRow(rows, index, index + 1))}>
                      {t('form.down')}
                    </Menu.Item>
                    <Menu.Item leftSection={<IconTrash size={14} />} disabled={rows.length <= least} onClick={() => put(rows.toSpliced(index, 1))}>
                      {t('form.remove')}
                    </Menu.Item>
                  </Menu.Dropdown>
                </Menu>
              </div>
            )}
            {form(row, index)}
          </div>
        ))}
      {!disabled && rows.length < most && (
        <Button
          variant="subtle"
          size="xs"
          className="add"
          leftSection={<IconPlus size={14} />}
          aria-label={isSingle ? undefined : `${t('form.add')} · ${label}`}
          onClick={() => put([...rows, newRow(types, schema, rows, language, one)])}
        >
          {isSingle ? `${t('form.add')} ${one.toLowerCase()}` : t('form.add')}
        </Button>
      )}
    </FieldFrame>
  );
}

function isOpen(property: Property): boolean {
  return property.schema['x-widget'] !== 'hidden';
}

/** Two short values and nothing else: name and value, path and variable. */
function arePairs(properties: Property[]): boolean {
  const open = properties.filter(isOpen);
  return open.length === 2 && open.every(({ schema, advanced }) => !advanced && schema['x-show-if'] === undefined && SHORT.has(textOf(schema['x-widget'])));
}
