// The selected step: its name, its form, and where each way out leads.
import { ActionIcon, Menu } from '@mantine/core';
import { IconCopy, IconDots, IconPencil, IconTrash, IconX } from '@tabler/icons-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { duplicate as duplicateSteps, removeSelected } from '../canvas/editing';
import { cardsOf } from '../document/drawing';
import { setParams } from '../document/edits';
import { nodeById, type Finding } from '../document/flow';
import { textOf, textsOf } from '../document/json';
import { groupOf, said, tileOf, titleOf } from '../document/schema';
import { FieldError, FieldWarning } from '../forms/FieldError';
import { FormProvider } from '../forms/form';
import { SchemaForm } from '../forms/SchemaForm';
import { FileLook } from '../trying/FileLook';
import { OnChannel } from '../trying/OnChannel';
import { TemplatePreview } from '../trying/TemplatePreview';
import { TryStep } from '../trying/TryStep';
import { Tile } from '../ui/Tile';
import { useFormSetting } from './form-setting';
import { PortFields } from './PortFields';
import { fieldOf } from './problems';
import { useBuilder, useBuilderStore } from './store';

export function Inspector({ id }: { id: string }) {
  const { t } = useTranslation('builder');
  const store = useBuilderStore();
  const node = useBuilder((builder) => nodeById(builder.edited.document, id));
  const field = useBuilder((builder) => builder.field);
  const pointerOf = useCallback((finding: Finding) => (finding.node === id ? fieldOf(finding) : null), [id]);
  const setting = useFormSetting(pointerOf, field);
  if (node === undefined) return null;
  const { types, language, readOnly } = setting;
  const schema = types.types[node.type];
  const kind = schema === undefined ? node.type : titleOf(schema, language);
  const { change, open, select, look } = store.getState();

  function duplicate() {
    look(duplicateSteps(store, cardsOf(store.getState().edited.document, types, language), new Set([id])));
  }

  return (
    <aside className="bld-side" aria-label={t('inspector.label')}>
      <div className="bld-side-head">
        <Tile group={groupOf(schema)} icon={textOf(schema?.['x-icon'])} shape={tileOf(schema)} />
        <div className="grow">
          <div className="xs muted">{kind}</div>
          <input
            className="bld-step-name"
            aria-label={t('inspector.name')}
            placeholder={kind}
            maxLength={80}
            readOnly={readOnly}
            value={node.label ?? ''}
            onChange={(event) => change({ kind: 'setLabel', id, label: event.currentTarget.value || null }, `label:${id}`)}
          />
          {!readOnly && <IconPencil className="bld-step-pencil" size={14} aria-hidden />}
        </div>
        {!readOnly && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon size={28} aria-label={t('inspector.more')}>
                <IconDots size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconCopy size={16} />} rightSection={<span className="ui-kbd">Ctrl D</span>} onClick={duplicate}>
                {t('inspector.duplicate')}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconTrash size={16} />}
                rightSection={<span className="ui-kbd">Del</span>}
                onClick={() => {
                  select([id]);
                  removeSelected(store, (key, count) => t(key, { count }));
                }}
              >
                {t('inspector.remove')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
        <ActionIcon size={28} aria-label={t('close', { ns: 'common' })} onClick={() => open(null)}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      <FormProvider value={{ ...setting, file: FileLook, preview: schema?.['x-trial'] === undefined ? TemplatePreview : undefined }}>
        <div className="bld-side-body">
          {schema === undefined ? (
            <p className="muted">{t('inspector.unknown', { type: node.type })}</p>
          ) : (
            <>
              {setting.errors.has('') && <FieldError text={setting.errors.get('') ?? ''} />}
              {setting.warnings?.has('') === true && <FieldWarning text={setting.warnings.get('') ?? ''} />}
              <SchemaForm
                schema={schema}
                value={node.params}
                onChange={(params, touched) =>
                  change(setParams(store.getState().edited.document, types, id, params), `params:${id}:${touched}`)
                }
              />
              <TryStep node={node} />
              <PortFields id={id} />
              <p className="frame-hint bld-about">{said(schema, 'description', language)}</p>
            </>
          )}
        </div>
      </FormProvider>
      {textsOf(schema?.['x-does']).includes('sends') && <OnChannel node={node} />}
    </aside>
  );
}
