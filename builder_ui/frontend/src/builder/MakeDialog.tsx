// A thing of the account made where a step needs it, in the form that the settings have for it.
import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { named } from '../forms/widgets/variable';
import { ThingPane } from '../settings/ThingPane';
import { resources } from '../settings/resources';
import '../settings/settings.css';
import { useMaking } from './making';
import { useBuilder } from './store';

export default function MakeDialog() {
  const { t } = useTranslation('settings');
  const { making, set } = useMaking();
  const types = useBuilder((builder) => builder.types);
  const resource = resources.find((each) => each.kind === making?.kind);
  if (making === null || resource === undefined) return null;
  const name = resource.key === 'name' ? named(making.name) : making.name;

  function answer(slug: string | null) {
    making?.answer(slug);
    set(null);
  }

  return (
    <Modal opened onClose={() => answer(null)} withCloseButton={false} size={440} padding={0} attributes={{ content: { 'aria-label': t(`things.${resource.id}.new`) } }}>
      <div className="make">
        <ThingPane
          resource={{ ...resource, start: { ...resource.start, ...(name === '' ? {} : { name }) } }}
          types={types}
          thing={null}
          others={[]}
          readOnly={false}
          onClose={() => answer(null)}
          onSaved={(id) => answer(id)}
        />
      </div>
    </Modal>
  );
}

