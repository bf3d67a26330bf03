// A list of things that each need a small form: parts of a message, branches, assignments.
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconDots, IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { textOf } from '../../document/json';
import { numberAt, propertiesOf } from '../../document/schema';
import { FieldFrame } from '../FieldFrame';
import { useForm, type FieldProps } from '../form';
import { idProperty, itemSchema, movedRow, newRow, rowsOf } from '../rows';
import { SchemaForm } from '../SchemaForm';

export function Blocks({ schema, value, onChange, pointer, label, error, disabled }: FieldProps) {
  const { types, language } = useForm();
  const { t } = useTranslation('builder');
  const rows = rowsOf(value);
  const item = itemSchema(types, schema);
  const id = idProperty(propertiesOf(types, item))?.name;
  const isSingle = rows.length === 1;
  const most = numberAt(schema, 'maxItems') ?? Infinity;
  return (
    <FieldFrame label={isSingle ? '' : label} error={error}>
      {rows.map((row, index) => (
        <div key={(id !== undefined && textOf(row[id])) || index} className={`block ${isSingle ? 'is-single' : ''}`}>
          {!isSingle && (
            <div className="block-head">
              <span className="muted xs num">
                {index + 1} / {rows.length}
              </span>
              <Menu position="bottom-end" disabled={disabled}>
                <Menu.Target>
                  <ActionIcon size={24} aria-label={t('form.rowMenu', { title: String(index + 1) })}>
                    <IconDots size={14} />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item leftSection={<IconArrowUp size={14} />} disabled={index === 0} onClick={() => onChange(movedRow(rows, index, index - 1))}>
                    {t('form.up')}
                  </Menu.Item>
                  <Menu.Item leftSection={<IconArrowDown size={14} />} disabled={index === rows.length - 1} onClick={() => onChange(movedRow(rows, index, index + 1))}>
                    {t('form.down')}
                  </Menu.Item>
                  <Menu.Item leftSection={<IconTrash size={14} />} onClick={() => onChange(rows.toSpliced(index, 1))}>
                    {t('form.remove')}
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            </div>
          )}
          <SchemaForm schema={item} value={row} onChange={(next) => onChange(rows.with(index, next))} pointer={`${pointer}/${String(index)}`} />
        </div>
      ))}
      {!disabled && rows.length < most && (
        <Button
          variant="subtle"
          size="xs"
          className="add"
          leftSection={<IconPlus size={14} />}
          onClick={() => onChange([...rows, newRow(types, schema, rows, language, label)])}
        >
          {t('form.add')}
        </Button>
      )}
    </FieldFrame>
  );
}
