// An object: its own properties as fields.
import { objectOf } from '../../document/json';
import { FieldFrame } from '../FieldFrame';
import type { FieldProps } from '../form';
import { SchemaForm } from '../SchemaForm';

export function Group({ schema, value, onChange, pointer, label, error }: FieldProps) {
  return (
    <FieldFrame label={label} error={error}>
      <div className="nested">
        <SchemaForm schema={schema} value={objectOf(value)} onChange={onChange} pointer={pointer} />
      </div>
    </FieldFrame>
  );
}
