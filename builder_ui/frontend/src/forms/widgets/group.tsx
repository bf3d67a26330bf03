// An object: its own properties as fields; one that may be missing is added and taken away.
import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isObject, type JsonObject } from '../../document/json';
import { propertiesOf, type NodeTypes, type Schema } from '../../document/schema';
import { FieldFrame } from '../FieldFrame';
import { useForm, type FieldProps } from '../form';
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
          <Button variant="subtle" size="xs" className="add" leftSection={<IconPlus size={14} />} onClick={() => onChange(startOf(types, schema))}>
            {t('form.add')}
          </Button>
        )
      )}
    </FieldFrame>
  );
}

/** What a new one begins with: its first example where that says only what is harmless, else the defaults of what is required. */
function startOf(types: NodeTypes, schema: Schema): JsonObject {
  const example = Array.isArray(schema['examples']) ? schema['examples'][0] : undefined;
  if (isObject(example)) return example;
  return Object.fromEntries(
    propertiesOf(types, schema).flatMap(({ name, schema: property, required }) => (required ? [[name, property['default'] ?? '']] : [])),
  );
}
