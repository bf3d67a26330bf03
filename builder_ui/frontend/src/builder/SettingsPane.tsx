// The flow's own settings by its kind, and what it says of itself: description, language, variables.
import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { aboutOf, type Finding } from '../document/flow';
import { at, objectOf, type JsonObject } from '../document/json';
import { choicesOf, resolve, said, type NodeTypes, type Schema } from '../document/schema';
import { ChannelChip } from '../flows/ChannelChip';
import { FormProvider } from '../forms/form';
import { SchemaForm } from '../forms/SchemaForm';
import { useFormSetting } from './form-setting';
import { useBuilder, useBuilderStore } from './store';

export function SettingsPane() {
  const { t } = useTranslation('builder');
  const store = useBuilderStore();
  const settings = useBuilder((builder) => builder.edited.document.settings);
  const pointerOf = useCallback(
    (finding: Finding) => (finding.pointer?.startsWith('/nodes/') === true ? null : (finding.pointer?.replace(/^\/settings(?=\/)/, '') ?? null)),
    [],
  );
  const document = useBuilder((builder) => builder.edited.document);
  const { kind } = document;
  const setting = useFormSetting(pointerOf, null);
  const { types, language } = setting;
  const schema = resolve(types, objectOf(at(types.flow, ['$defs', `${kind}_settings`])));
  const { change, set } = store.getState();
  return (
    <aside className="bld-side" aria-label={t('settings.title')}>
      <div className="bld-side-head">
        <div className="grow">
          <div className="xs muted">{choicesOf(schemaOfKind(types), language).find((each) => each.value === kind)?.title ?? kind}</div>
          <h3>{t('settings.title')}</h3>
        </div>
        <ActionIcon size={28} aria-label={t('close', { ns: 'common' })} onClick={() => set({ side: 'none' })}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      <FormProvider value={setting}>
        <div className="bld-side-body">
          <SchemaForm
            schema={schema}
            value={settings}
            onChange={(next, touched) => change({ kind: 'setSettings', settings: next }, `settings:${touched}`)}
          />
          <p className="frame-hint">{said(schema, 'description', language)}</p>
          {kind === 'chatbot' && <WhereItAnswers />}
          <h4 className="bld-section">{t('settings.about')}</h4>
          <SchemaForm
            schema={aboutSchema(types)}
            value={{ ...aboutOf(document) }}
            onChange={(next, touched) => change({ kind: 'setAbout', about: next }, `about:${touched}`)}
          />
        </div>
      </FormProvider>
    </aside>
  );
}

/** The channels, each leading to where its hours, keywords and order are set. */
function WhereItAnswers() {
  const { t } = useTranslation('answering');
  const channels = useBuilder((builder) => builder.channels);
  return (
    <>
      <h4 className="bld-section">{t('inFlow')}</h4>
      <div className="row wrap">
        {channels.map((channel) => (
          <ChannelChip key={channel.key} channel={channel} />
        ))}
      </div>
      <p className="frame-hint">{t(channels.length === 0 ? 'inFlowNone' : 'inFlowChange')}</p>
    </>
  );
}

function schemaOfKind(types: NodeTypes): Schema {
  return objectOf(at(types.flow, ['properties', 'kind']));
}

/** The properties of a flow that no other place edits. */
function aboutSchema(types: NodeTypes): Schema {
  const all = objectOf(types.flow['properties']);
  const properties: JsonObject = Object.fromEntries(['description', 'language', 'variables'].map((name) => [name, all[name] ?? {}]));
  return { type: 'object', properties };
}
