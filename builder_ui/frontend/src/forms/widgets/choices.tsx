// Several of a few: days of the week as small switches in a row, others as boxes to tick.
import { Checkbox } from '@mantine/core';
import { at, objectOf, textsOf } from '../../document/json';
import { choicesOf, resolve, type Choice, type NodeTypes, type Schema } from '../../document/schema';
import { FieldFrame } from '../FieldFrame';
import { useForm, type FieldProps } from '../form';

const SHORT = 4; // letters of a choice that stands in a row

export function Choices({ schema, value, onChange, label, hint, error, required, disabled }: FieldProps) {
  const { types, language } = useForm();
  const choices = choicesOf(itemsOf(types, schema), language);
  const chosen = textsOf(value ?? schema['default']);
  const isRow = choices.length > 4 && choices.every((each) => each.title.length <= SHORT);

  function toggle({ value: id }: Choice) {
    const now = choices.map((each) => each.value).filter((each) => (each === id ? !chosen.includes(id) : chosen.includes(each)));
    onChange(now.length === 0 && !required && schema['default'] === undefined ? undefined : now);
  }

  return (
    <FieldFrame label={label} hint={hint} error={error}>
      {isRow ? (
        <div className="days">
          {choices.map((choice) => (
            <button
              key={choice.value}
              type="button"
              className="day"
              aria-pressed={chosen.includes(choice.value)}
              disabled={disabled}
              onClick={() => toggle(choice)}
            >
              {choice.title}
            </button>
          ))}
        </div>
      ) : (
        <div className="ticks">
          {choices.map((choice) => (
            <Checkbox
              key={choice.value}
              label={choice.title}
              checked={chosen.includes(choice.value)}
              disabled={disabled}
              onChange={() => toggle(choice)}
            />
          ))}
        </div>
      )}
    </FieldFrame>
  );
}

/** A list of weekdays may leave their names to the shared definition. */
function itemsOf(types: NodeTypes, schema: Schema): Schema {
  const items = resolve(types, objectOf(schema['items']));
  if (items['x-enum'] !== undefined) return items;
  const days = objectOf(at(types.definitions, ['$defs', 'weekdays', 'items']));
  return textsOf(items['enum']).every((each) => textsOf(days['enum']).includes(each)) ? { ...days, enum: items['enum'] ?? [] } : items;
}
