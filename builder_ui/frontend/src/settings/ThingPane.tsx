// One thing beside its list: its form, what is wrong with it, saving and removing; what is typed survives leaving it.
import { ActionIcon, Button } from '@mantine/core';
import { IconPlugConnected, IconTrash, IconX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '../api';
import { equal, textOf, without, type JsonObject } from '../document/json';
import { propertiesOf, titleOf, type NodeTypes, type Schema } from '../document/schema';
import { FieldError } from '../forms/FieldError';
import { FormProvider } from '../forms/form';
import { SchemaForm } from '../forms/SchemaForm';
import { currentLanguage } from '../i18n';
import { toast } from '../ui/toast';
import { useAccountForm } from './account-form';
import { AnsweringPane } from './answering/AnsweringPane';
import { Cell } from './Cell';
import { PaneTabs, type Tab } from './PaneTabs';
import { RemoveDialog } from './RemoveDialog';
import { editable, idOf, keyOf, kindOf, nameOf, type AskSuccessors, type Gone, type Resource } from './resource';
import { tryAi, useSaveThing } from './settings-api';
import { SuccessorsDialog } from './SuccessorsDialog';
import { Used } from './Used';

/** What was typed and not saved, by the thing's address. */
const drafts = new Map<string, JsonObject>();

type Props = {
  resource: Resource;
  types: NodeTypes;
  /** As it is kept; null: a new one. */
  thing: JsonObject | null;
  others: JsonObject[];
  readOnly: boolean;
  onClose: () => void;
  onSaved: (id: string) => void;
};

export function ThingPane({ resource, types, thing, others, readOnly, onClose, onSaved }: Props) {
  const { t } = useTranslation('settings');
  const save = useSaveThing(resource);
  const begin = useMemo(() => (thing === null ? (resource.start ?? {}) : editable(resource, thing)), [resource, thing]);
  const place = `${resource.id}/${thing === null ? '+' : idOf(resource, thing)}`;
  const [value, setValue] = useState<JsonObject>(() => drafts.get(place) ?? begin);
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map());
  const [tab, setTab] = useState<Tab>(resource.answers === true ? 'answers' : 'settings');
  const [removing, setRemoving] = useState(false);
  const [asking, setAsking] = useState<{ gone: Gone[]; staying: Gone[]; answer: (chosen: Record<string, string> | null) => void } | null>(null);
  const isChanged = !equal(value, begin);
  const schema = useMemo(() => (thing === null ? resource.schema : withoutFixed(resource)), [resource, thing]);
  const setting = useAccountForm(types, errors, readOnly, resource.looksAt);

  useEffect(() => {
    if (isChanged) drafts.set(place, value);
    else drafts.delete(place);
  }, [place, value, isChanged]);

  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (errors.size > 0) form.current?.querySelector('.field-error')?.scrollIntoView({ block: 'nearest' });
  }, [errors]);

  function onChange(next: JsonObject, touched: string) {
    setValue(resource.tidy?.(next) ?? next);
    setErrors(new Map([...errors].filter(([pointer]) => !pointer.startsWith(touched) && pointer !== '')));
  }

  const ask: AskSuccessors = (gone, staying) => new Promise((answer) => setAsking({ gone, staying, answer }));

  async function submit(event: FormEvent) {
    event.preventDefault();
    const missing = propertiesOf(types, schema).filter(({ name, required }) => required && isNothing(value[name]));
    if (missing.length > 0) {
      setErrors(new Map(missing.map(({ name }) => [`/${name}`, t('missing')])));
      return;
    }
    try {
      const saved = await save.mutateAsync({ value, before: thing, ask });
      drafts.delete(place);
      toast({ text: t(thing === null ? 'created' : 'saved', { name: nameOf(resource, saved) }) });
      onSaved(idOf(resource, saved));
    } catch (error) {
      setErrors(errorsOf(error));
    }
  }

  /** Sentences by field; what is said of no field of this form stands at its foot. */
  function errorsOf(error: unknown): Map<string, string> {
    if (!(error instanceof Refused)) return new Map([['', t('notSaved', { why: '' })]]);
    const names = new Set(propertiesOf(types, schema).map((property) => property.name));
    const found = new Map<string, string>();
    for (const { pointer, code, detail } of error.errors) {
      const isHere = names.has(pointer.split('/')[1] ?? '');
      found.set(isHere ? pointer : '', t(`errors.${code}`, { defaultValue: detail || error.message }));
    }
    return found.size > 0 ? found : new Map([['', t(`errors.${error.code}`, { defaultValue: error.message })]]);
  }

  const title = thing === null ? t(`things.${resource.id}.new`) : nameOf(resource, thing);
  return (
    <aside className={`set-pane${resource.answers === true ? ' is-wide' : ''}`} aria-label={title} onKeyDown={(event) => event.key === 'Escape' && !event.defaultPrevented && onClose()}>
      <div className="set-pane-head">
        <div className="grow">
          <div className="xs muted">{t(`things.${resource.id}.one`)}</div>
          <h2 className="ell" title={title}>
            {title}
          </h2>
        </div>
        <ActionIcon size={28} aria-label={t('close', { ns: 'common' })} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      {resource.answers === true && <PaneTabs tab={tab} onChange={setTab} />}
      {tab === 'answers' && thing !== null && <AnsweringPane channel={keyOf(resource, thing)} />}
      <form ref={form} id="thing" className="set-pane-body" hidden={tab === 'answers'} noValidate onSubmit={(event) => void submit(event)}>
        {thing !== null && resource.fixed.length > 0 && <Fixed resource={resource} types={types} thing={thing} />}
        <FormProvider value={setting}>
          <SchemaForm schema={schema} value={value} onChange={onChange} />
        </FormProvider>
        {errors.has('') && <FieldError text={errors.get('') ?? ''} />}
        {thing !== null && kindOf(resource, thing) !== null && <Used resource={resource} thing={thing} />}
        {resource.id === 'ai' && thing !== null && <TryAi slug={keyOf(resource, thing)} disabled={isChanged || readOnly} />}
        {readOnly && resource.edit !== null && <p className="sm muted">{t('readOnly')}</p>}
      </form>
      {!readOnly && tab === 'settings' && (
        <div className="set-pane-foot">
          {thing !== null && resource.stays !== true && (
            <Button variant="subtle" color="gray" leftSection={<IconTrash size={16} />} onClick={() => setRemoving(true)}>
              {t('remove.act')}
            </Button>
          )}
          <span className="grow" />
          {isChanged && (
            <Button
              variant="subtle"
              color="gray"
              onClick={() => {
                setValue(begin);
                setErrors(new Map());
              }}
            >
              {t('discard')}
            </Button>
          )}
          <Button type="submit" form="thing" variant="filled" disabled={!isChanged} loading={save.isPending}>
            {t(thing === null ? 'create' : 'save')}
          </Button>
        </div>
      )}
      {removing && thing !== null && (
        <RemoveDialog
          resource={resource}
          thing={thing}
          others={others}
          onClose={() => setRemoving(false)}
          onRemoved={() => {
            drafts.delete(place);
            onClose();
          }}
        />
      )}
      {asking !== null && (
        <SuccessorsDialog
          gone={asking.gone}
          staying={asking.staying}
          onAnswer={(chosen) => {
            setAsking(null);
            asking.answer(chosen);
          }}
        />
      )}
    </aside>
  );
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** What is given once is told, not asked, once it is there. */
function withoutFixed(resource: Resource): Schema {
  const properties = resource.schema['properties'];
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) return resource.schema;
  return { ...resource.schema, properties: resource.fixed.reduce(without, properties) };
}

/** What was given once, in words; its slug as flows write it. */
function Fixed({ resource, types, thing }: { resource: Resource; types: NodeTypes; thing: JsonObject }) {
  const properties = propertiesOf(types, resource.schema).filter(({ name }) => resource.fixed.includes(name) && !isNothing(thing[name]));
  return (
    <div className="set-fixed">
      {properties.map(({ name, schema }) => (
        <span key={name}>
          <span className="sm muted">{titleOf(schema, currentLanguage())}</span>{' '}
          {name === 'slug' || name === resource.key ? <code>{textOf(thing[name])}</code> : <Cell schema={schema} value={thing[name]} thing={thing} types={types} />}
        </span>
      ))}
    </div>
  );
}

/** One question to the model, as it is kept. */
function TryAi({ slug, disabled }: { slug: string; disabled: boolean }) {
  const { t } = useTranslation('settings');
  const trial = useMutation({ mutationFn: () => tryAi(slug) });
  const said = trial.data;
  return (
    <div className="set-try">
      <Button leftSection={<IconPlugConnected size={16} />} loading={trial.isPending} disabled={disabled} onClick={() => trial.mutate()}>
        {t('try')}
      </Button>
      <span role="status" className="sm">
        {said?.ok === true && t('tryOk', { ms: said.milliseconds })}
        {said?.ok === false && t('tryFailed', { why: said.detail })}
        {trial.isError && t('tryFailed', { why: trial.error.message })}
      </span>
    </div>
  );
}
