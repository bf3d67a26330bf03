// An object: its own properties as fields; one that may be missing is added and taken away.
import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isObject, listOf, type JsonObject } from '../../document/json';
import { propertiesOf, type NodeTypes, type Schema } from '../../document/schema';
import { FieldFrame } from '../FieldFrame';
import { useForm, type FieldProps } from '../form';
import { startOf } from '../rows';
import { SchemaForm } from '../SchemaForm';

export function Group({ schema, value, onChange, pointer, label, hint, error, required, disabled }: FieldProps) {
  const { types } = useForm();
  const { t } = useTranslation('builder');
  const isThere = isObject(value);
  return (
    <FieldFrame label={label} hint={isThere ? '' : hint} error={error}>
      {isThere || required ? (
        <div className={`nested ${required ? '' : 'is-optional'}`}>
          <SchemaForm schema={schema} value={isThere ? value : {}} onChange={onChange} pointer={pointer} />
          {!required && !disabled && (
            <ActionIcon size={24} className="nested-away" aria-label={t('form.away', { title: label })} onClick={() => onChange(undefined)}>
              <IconX size={14} />
            </ActionIcon>
          )}
        </div>
      ) : (
        !disabled && (
          <Button variant="subtle" size="xs" className="add" leftSection={<IconPlus size={14} />} onClick={() => onChange(beginOf(types, schema))}>
            {t('form.add')}
          </Button>
        )
      )}
    </FieldFrame>
  );
}

/** What a new one begins with: what is required of it, or, where that cannot be told, its example. */
function beginOf(types: NodeTypes, schema: Schema): JsonObject {
  const required = propertiesOf(types, schema).filter((property) => property.required);
  const value: JsonObject = Object.fromEntries(required.map(({ name, schema: property }) => [name, startOf(types, property)]));
  const example = listOf(schema['examples'])[0];
  return Object.values(value).includes('') && isObject(example) ? example : value;
}
