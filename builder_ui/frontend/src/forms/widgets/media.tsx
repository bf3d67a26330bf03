// The address of a file; where it can be looked at, what lies there is shown below.
import { textOf } from '../../document/json';
import { useForm, type FieldProps } from '../form';
import { Text } from './text';

export function Media(props: FieldProps) {
  const { file: File } = useForm();
  const { schema, value, beside, disabled } = props;
  const url = textOf(value).trim();
  return (
    <div className="frame">
      <Text {...props} />
      {File !== undefined && !disabled && /^https?:\/\/[^\s{}]+\.[^\s{}]+$/.test(url) && <File url={url} kind={textOf(beside[textOf(schema['x-media-of'])])} />}
    </div>
  );
}
