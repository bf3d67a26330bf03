// The widgets by the name a schema gives them; without a name the type of the value decides.
import { textOf } from '../../document/json';
import { resolve, type NodeTypes, type Schema } from '../../document/schema';
import type { Widget } from '../form';
import { Blocks } from './blocks';
import { Condition } from './condition';
import { Duration } from './duration';
import { Group } from './group';
import { List } from './list';
import { NumberField } from './number';
import { Options } from './options';
import { Ref } from './ref';
import { Select } from './select';
import { Switch } from './switch';
import { Template } from './template';
import { Text, TextArea } from './text';
import { Variable } from './variable';

const widgets: Record<string, Widget> = {
  template: Template,
  textarea: TextArea,
  text: Text,
  number: NumberField,
  switch: Switch,
  select: Select,
  list: List,
  variable: Variable,
  ref: Ref,
  duration: Duration,
  condition: Condition,
  options: Options,
  branches: Blocks,
  assignments: Blocks,
  parts: Blocks,
};
const withOwnErrors = new Set(['options', 'branches', 'assignments', 'parts', 'group']);
const halves = new Set(['duration', 'number']);

function nameFor(types: NodeTypes, schema: Schema): string {
  const named = textOf(schema['x-widget']);
  if (named in widgets) return named;
  if (schema['enum'] !== undefined) return 'select';
  switch (schema['type']) {
    case 'boolean':
      return 'switch';
    case 'integer':
    case 'number':
      return 'number';
    case 'object':
      return 'group';
    case 'array':
      return isOfTexts(types, schema) ? 'list' : 'parts';
    default:
      return schema['format'] === 'template' ? 'template' : 'text';
  }
}

function isOfTexts(types: NodeTypes, schema: Schema): boolean {
  const items = schema['items'];
  return typeof items === 'object' && items !== null && !Array.isArray(items) && resolve(types, items)['type'] === 'string';
}

export function widgetFor(types: NodeTypes, schema: Schema): Widget {
  return widgets[nameFor(types, schema)] ?? Group;
}

/** Whether the widget shows the errors of what it holds beside each part. */
export function drawsOwnErrors(types: NodeTypes, schema: Schema): boolean {
  return withOwnErrors.has(nameFor(types, schema));
}

/** Short values stand two in a row. */
export function isHalf(schema: Schema): boolean {
  return halves.has(textOf(schema['x-widget']));
}
