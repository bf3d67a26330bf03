// The widgets by the name a schema gives them; without a name the type of the value decides.
import { objectOf, textOf } from '../../document/json';
import { resolve, type NodeTypes, type Schema } from '../../document/schema';
import type { Widget } from '../form';
import { Blocks } from './blocks';
import { Choices } from './choices';
import { Condition } from './condition';
import { Duration } from './duration';
import { EventField } from './event';
import { Given } from './given';
import { Group } from './group';
import { List } from './list';
import { Media } from './media';
import { DateField, DateTimeField, MomentField, TimeField } from './moments';
import { NumberField } from './number';
import { Offset } from './offset';
import { Options } from './options';
import { Parameters } from './parameters';
import { Pick } from './pick';
import { Color, Password, SlugField, ThingField, VariableName } from './plain';
import { Recurrence } from './recurrence';
import { Ref } from './ref';
import { Select } from './select';
import { Switch } from './switch';
import { Template } from './template';
import { Text, TextArea } from './text';
import { TimeZone } from './timezone';
import { Value } from './value';
import { Variable } from './variable';
import { Spans, Week } from './week';

const widgets: Record<string, Widget> = {
  template: Template,
  textarea: TextArea,
  text: Text,
  media: Media,
  number: NumberField,
  switch: Switch,
  select: Select,
  pick: Pick,
  choices: Choices,
  weekdays: Choices,
  list: List,
  variable: Variable,
  value: Value,
  ref: Ref,
  refs: Ref,
  event: EventField,
  duration: Duration,
  offset: Offset,
  recurrence: Recurrence,
  date: DateField,
  time: TimeField,
  date_time: DateTimeField,
  moment: MomentField,
  timezone: TimeZone,
  condition: Condition,
  options: Options,
  parameters: Parameters,
  branches: Blocks,
  assignments: Blocks,
  parts: Blocks,
  variants: Blocks,
  commands: Blocks,
  exits: Blocks,
  group: Group,
  goal: Group,
  window: Group,
  slug: SlugField,
  variable_name: VariableName,
  password: Password,
  color: Color,
  thing: ThingField,
  given: Given,
  spans: Spans,
  week: Week,
};
const withOwnErrors: ReadonlySet<Widget | undefined> = new Set([Options, Blocks, Group, Parameters, Given]);
const halves: ReadonlySet<Widget | undefined> = new Set([Duration, NumberField, DateField, TimeField]);

/** Names that schemas invent later are drawn by the type of their value. */
function nameFor(types: NodeTypes, schema: Schema): string {
  const named = textOf(schema['x-widget']);
  if (schema['x-parameters-of'] !== undefined) return 'parameters';
  if (named === 'list' && isOfChoices(types, schema)) return 'choices';
  if (named in widgets) return named;
  if (schema['x-ref'] !== undefined) return 'ref';
  if (schema['enum'] !== undefined) return 'select';
  if (Array.isArray(schema['type'])) return 'value';
  switch (schema['type']) {
    case 'boolean':
      return 'switch';
    case 'integer':
    case 'number':
      return 'number';
    case 'object':
      return 'group';
    case 'array':
      if (isOfChoices(types, schema)) return 'choices';
      return isOfTexts(types, schema) ? 'list' : 'parts';
    default:
      return schema['format'] === 'template' ? 'template' : 'text';
  }
}

function isOfChoices(types: NodeTypes, schema: Schema): boolean {
  return resolve(types, objectOf(schema['items']))['enum'] !== undefined;
}

function isOfTexts(types: NodeTypes, schema: Schema): boolean {
  return resolve(types, objectOf(schema['items']))['type'] === 'string';
}

export function widgetFor(types: NodeTypes, schema: Schema): Widget {
  return widgets[nameFor(types, schema)] ?? Group;
}

/** Whether the widget shows the errors of what it holds beside each part. */
export function drawsOwnErrors(types: NodeTypes, schema: Schema): boolean {
  return withOwnErrors.has(widgetFor(types, schema));
}

/** Whether the widget draws forms, whose fields say their own warnings. */
export function hasForms(types: NodeTypes, schema: Schema): boolean {
  return ([Blocks, Group] satisfies Widget[]).some((widget) => widget === widgetFor(types, schema));
}

/** Short values stand two in a row. */
export function isHalf(types: NodeTypes, schema: Schema): boolean {
  return schema['x-half'] === true || halves.has(widgetFor(types, schema));
}
