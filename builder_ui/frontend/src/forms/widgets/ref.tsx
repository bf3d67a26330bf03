// A thing of the account by its slug, or several; a step of this flow by its id.
import { MultiSelect, Select, type ComboboxItem, type OptionsFilter } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { objectOf, textOf, textsOf } from '../../document/json';
import { isAlias, mayEnter, nameOfThing, type Schema } from '../../document/schema';
import { titleOfNode } from '../../document/template';
import { fold } from '../../ui/fold';
import { FieldError } from '../FieldError';
import { inheritedOf, useForm, type FieldProps } from '../form';

const CREATE = '+';

export function Ref(props: FieldProps) {
  return props.schema['type'] === 'array' ? <Several {...props} /> : <One {...props} />;
}

function One({ schema, value, onChange, beside, label, hint, error, required, disabled }: FieldProps) {
  const { types, document, makes } = useForm();
  const { t } = useTranslation('builder');
  const slug = textOf(value);
  const kind = kindOf(schema);
  const { data, add, search, setSearch, filter } = useThings(schema, beside, slug === '' ? [] : [slug]);
  const inherited = textOf(inheritedOf(document, types, schema));
  const within = textOf(schema['x-within']);
  const isWaiting = within !== '' && textOf(beside[within]) === '';
  return (
    <Select
      label={label === '' ? undefined : label}
      aria-label={label === '' ? hint : undefined}
      description={hint === '' ? undefined : hint}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      error={error === null ? undefined : <FieldError text={error} />}
      disabled={disabled || (isWaiting && slug === '')}
      data={data}
      value={slug === '' ? null : slug}
      placeholder={isWaiting ? t('form.pipelineFirst') : inherited !== '' ? nameOfThing(types, kind, inherited) : t('form.choose')}
      searchable={data.length > 7 || (makes?.(kind) ?? null) !== null}
      searchValue={search}
      onSearchChange={setSearch}
      filter={filter}
      nothingFoundMessage={t('nothingFound', { ns: 'common' })}
      clearable={!required}
      allowDeselect={!required}
      onChange={(next) => {
        if (next !== CREATE) onChange(next ?? undefined);
        else void add().then((made) => made !== null && onChange(made));
      }}
    />
  );
}

function Several({ schema, value, onChange, beside, label, hint, error, required, disabled }: FieldProps) {
  const { t } = useTranslation('builder');
  const slugs = textsOf(value);
  const { data, add, search, setSearch, filter } = useThings(schema, beside, slugs);
  const put = (next: string[]) => onChange(next.length === 0 && !required ? undefined : next);
  return (
    <MultiSelect
      label={label === '' ? undefined : label}
      aria-label={label === '' ? hint : undefined}
      description={hint === '' ? undefined : hint}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      error={error === null ? undefined : <FieldError text={error} />}
      disabled={disabled}
      data={data}
      value={slugs}
      placeholder={slugs.length === 0 ? t('form.choose') : undefined}
      searchable
      searchValue={search}
      onSearchChange={setSearch}
      filter={filter}
      hidePickedOptions
      nothingFoundMessage={t('nothingFound', { ns: 'common' })}
      onChange={(next) => {
        if (!next.includes(CREATE)) put(next);
        else void add().then((made) => made !== null && put([...slugs, made]));
      }}
    />
  );
}

function kindOf(schema: Schema): string {
  return textOf(schema['x-ref']) || textOf(objectOf(schema['items'])['x-ref']);
}

/** What can be chosen, what is chosen but not there, and what could be made from the words that are searched for. */
function useThings(schema: Schema, beside: FieldProps['beside'], chosen: string[]) {
  const { types, language, document, create, makes } = useForm();
  const { t } = useTranslation('builder');
  const [search, setSearch] = useState('');
  const kind = kindOf(schema);
  const known = useKnown();
  const lost = chosen.filter((slug) => !known.some((each) => each.value === slug));
  const data = [...known, ...lost.map((slug) => ({ value: slug, label: t('form.lost', { slug }) }))];
  const way = create === undefined ? null : (makes?.(kind) ?? null);
  const isNew = search.trim() !== '' && !data.some((each) => fold(each.label) === fold(search));
  if (way !== null && isNew) data.push({ value: CREATE, label: t('form.create', { name: search.trim() }) });
  else if (way === 'form' && search.trim() === '') data.push({ value: CREATE, label: t('form.createNew') });
  const add = async () => {
    const slug = await (create?.(kind, search.trim()) ?? null);
    setSearch('');
    return slug;
  };
  return { data, add, search, setSearch, filter };

  function useKnown(): ComboboxItem[] {
    if (kind === 'node') {
      const nodes = document.nodes.filter((node) => mayEnter(types.types[node.type]));
      return nodes.map((node) => ({ value: node.id, label: titleOfNode(node, types, language) }));
    }
    const kinds = textsOf(schema['x-flow-kinds']);
    const within = textOf(schema['x-within']);
    const pipeline = textOf(beside[within]);
    return (types.things?.[kind] ?? [])
      .filter((each) => kinds.length === 0 || kinds.includes(textOf(each['kind'])))
      .filter((each) => within === '' || each.slug.startsWith(`${pipeline}/`))
      .map((each) => ({
        value: within === '' ? each.slug : each.slug.slice(pipeline.length + 1),
        label: isAlias(each) ? t('form.alias', { name: each.name, slug: each.slug }) : each.name,
      }));
  }
}

/** By words without case and accents; what could be made always shows. */
const filter: OptionsFilter = ({ options, search }) =>
  options.filter((option) => 'items' in option || option.value === CREATE || fold(option.label).includes(fold(search)));
