// Rows that something else names: only what stands beside the name is written.
import { TextInput } from '@mantine/core';
import { textOf } from '../../document/json';
import { propertiesOf, titleOf } from '../../document/schema';
import { FieldFrame } from '../FieldFrame';
import { errorAt, useForm, type FieldProps } from '../form';
import { itemSchema, rowsOf, titleProperty } from '../rows';

export function Given({ schema, value, onChange, pointer, label, hint, error, disabled }: FieldProps) {
  const { types, language, errors } = useForm();
  const rows = rowsOf(value);
  const properties = propertiesOf(types, itemSchema(types, schema));
  const name = titleProperty(properties)?.name ?? '';
  const other = properties.find((property) => property.name !== name);
  if (rows.length === 0 || other === undefined) return null;
  return (
    <FieldFrame label={label} hint={hint} error={error}>
      {rows.map((row, index) => (
        <div key={textOf(row[name])} className="given-row">
          <span className="ui-var">{textOf(row[name])}</span>
          <TextInput
            aria-label={`${textOf(row[name])} · ${titleOf(other.schema, language)}`}
            placeholder={titleOf(other.schema, language)}
            value={textOf(row[other.name])}
            error={errorAt(errors, `${pointer}/${String(index)}`, true)}
            disabled={disabled}
            onChange={(event) => onChange(rows.with(index, { ...row, [other.name]: event.currentTarget.value }))}
          />
        </div>
      ))}
    </FieldFrame>
  );
}
