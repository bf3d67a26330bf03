// What stands in for each parameter of a template: a row a parameter, named by the template that is chosen.
import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { objectOf, textOf, textsOf, type Json } from '../../document/json';
import { resolve } from '../../document/schema';
import { FieldFrame } from '../FieldFrame';
import { errorAt, useForm, type FieldProps } from '../form';
import { itemSchema, rowsOf } from '../rows';
import { Blocks } from './blocks';
import { Template } from './template';

export function Parameters(props: FieldProps) {
  const { schema, value, onChange, beside, pointer, label, disabled } = props;
  const { types, errors } = useForm();
  const { t } = useTranslation('builder');
  const slug = textOf(beside[textOf(schema['x-parameters-of'])]);
  const template = types.things?.['template']?.find((each) => each.slug === slug);
  if (template === undefined) return <Blocks {...props} />;

  const wanted = textsOf(template['parameters']);
  const rows = rowsOf(value);
  const odd = rows.filter((row) => !wanted.includes(textOf(row['name'])));
  const valueSchema = resolve(types, objectOf(objectOf(itemSchema(types, schema)['properties'])['value']));

  /** In the template's order; one that is left empty is not sent. */
  function put(name: string, next: Json | undefined) {
    const kept = rows.filter((row) => row['name'] !== name);
    const all = next === undefined || next === '' ? kept : [...kept, { name, value: next }];
    const rank = (row: (typeof all)[number]) => (wanted.indexOf(textOf(row['name'])) + 1 || Infinity);
    onChange(all.length === 0 ? undefined : all.toSorted((one, other) => rank(one) - rank(other)));
  }

  return (
    <FieldFrame label={label} hint={textOf(template['text'])} error={props.error}>
      {wanted.length === 0 && <span className="frame-hint">{t('form.noParameters')}</span>}
      {wanted.map((name) => {
        const index = rows.findIndex((row) => row['name'] === name);
        return (
          <Template
            key={name}
            schema={valueSchema}
            value={rows[index]?.['value']}
            onChange={(next) => put(name, next)}
            beside={{}}
            pointer={`${pointer}/${String(index)}/value`}
            label={`{{${name}}}`}
            hint=""
            required={false}
            error={index < 0 ? null : errorAt(errors, `${pointer}/${String(index)}`, true)}
            disabled={disabled}
          />
        );
      })}
      {odd.length > 0 && !disabled && (
        <Button variant="subtle" size="xs" className="add" leftSection={<IconX size={14} />} onClick={() => onChange(rows.filter((row) => !odd.includes(row)))}>
          {t('form.oddParameters', { names: odd.map((row) => textOf(row['name'])).join(', ') })}
        </Button>
      )}
    </FieldFrame>
  );
}
