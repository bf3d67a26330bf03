// The flow's own settings: default team, limit of silence.
import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../document/flow';
import { at, objectOf } from '../document/json';
import { resolve } from '../document/schema';
import { FormProvider } from '../forms/form';
import { SchemaForm } from '../forms/SchemaForm';
import { useFormSetting } from './form-setting';
import { useBuilder, useBuilderStore } from './store';

export function SettingsPane() {
  const { t } = useTranslation('builder');
  const store = useBuilderStore();
  const settings = useBuilder((builder) => builder.edited.document.settings);
  const pointerOf = useCallback(
    (finding: Finding) => (finding.pointer?.startsWith('/settings') === true ? finding.pointer.slice('/settings'.length) : null),
    [],
  );
  const kind = useBuilder((builder) => builder.edited.document.kind);
  const setting = useFormSetting(pointerOf, null);
  const { types } = setting;
  const schema = resolve(types, objectOf(at(types.flow, ['$defs', `${kind}_settings`])));
  const { change, set } = store.getState();
  return (
    <aside className="bld-side" aria-label={t('settings.title')}>
      <div className="bld-side-head">
        <h3 className="grow">{t('settings.title')}</h3>
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
        </div>
      </FormProvider>
    </aside>
  );
}
