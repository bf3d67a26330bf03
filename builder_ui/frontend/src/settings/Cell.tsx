// A value in a list as its schema tells: words for choices, names for things, counts for lists, days for moments.
import { useTranslation } from 'react-i18next';
import { textOf, type Json, type JsonObject } from '../document/json';
import { choicesOf, nameOfThing, resolve, type NodeTypes, type Schema } from '../document/schema';
import { currentLanguage } from '../i18n';
import { Chip, type Tone } from '../ui/Chip';
import { moment } from '../ui/time';
import { textOfValue } from './settings-api';

const tones: Record<string, Tone> = { approved: 'ok', pending: 'warn', paused: 'warn', rejected: 'bad', won: 'ok', lost: 'bad' };

type Props = { schema: Schema; value: Json | undefined; thing: JsonObject; types: NodeTypes };

export function Cell({ schema, value, thing, types }: Props) {
  const { t } = useTranslation('settings');
  const language = currentLanguage();
  if (schema['format'] === 'date-time') return <span className="muted">{typeof value === 'string' ? moment(value, language) : t('never')}</span>;
  if (typeof value === 'boolean') return value ? <Chip tone="ok">{t('yes')}</Chip> : <span className="muted">{t('no')}</span>;
  const kind = textOf(schema['x-ref']);
  if (Array.isArray(value)) {
    if (kind !== '') return <span className="ell">{value.map((slug) => nameOfThing(types, kind, String(slug))).join(', ')}</span>;
    return <span className="ell">{value.every((each) => typeof each !== 'object') ? textOfValue(value) : value.map((each) => nameIn(each)).join(' › ')}</span>;
  }
  const choice = choicesOf(resolve(types, schema), language).find((each) => each.value === value);
  if (choice !== undefined) {
    const tone = tones[choice.value];
    return tone === undefined ? choice.title : <Chip tone={tone}>{choice.title}</Chip>;
  }
  const text = textOfValue(value);
  if (text === '') return <span className="muted">—</span>;
  const of = schema['x-widget'] === 'thing' ? textOf(thing['kind']) : kind;
  return (
    <span className="ell" title={text}>
      {of === '' ? text : nameOfThing(types, of, text)}
    </span>
  );
}

function nameIn(value: Json): string {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? textOf(value['name']) : '';
}
