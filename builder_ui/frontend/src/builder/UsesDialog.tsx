// Where a variable, an answer or a thing of the account is used: in the steps of this flow, and in other flows.
import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconRoute, IconVariable } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../api';
import { nodeById } from '../document/flow';
import { textOf } from '../document/json';
import { groupOf, tileOf, titleOf } from '../document/schema';
import { titleOfNode } from '../document/template';
import { usesIn, type Use } from '../document/uses';
import { usesPathOf, type Uses } from '../settings/settings-api';
import { Picker, type Pick } from '../ui/Picker';
import { Tile } from '../ui/Tile';
import { useBuilder, useBuilderStore } from './store';

export function UsesDialog() {
  const { t } = useTranslation('builder');
  const store = useBuilderStore();
  const document = useBuilder((builder) => builder.edited.document);
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const [chosen, setChosen] = useState<Use | null>(null);
  const uses = usesIn(document, types, language);
  const kindOf = (use: Use) => (use.kind === 'vars' || use.kind === 'answers' ? t(`uses.${use.kind}`) : t(`things.${use.kind}`, { ns: 'flows', defaultValue: use.kind }));
  const close = () => store.getState().set({ asks: null });
  const title = chosen === null ? t('uses.title') : t('uses.of', { name: chosen.title });
  return (
    <Modal opened onClose={close} withCloseButton={false} size={520} yOffset="12dvh" centered={false} transitionProps={{ duration: 0 }} attributes={{ content: { 'aria-label': title } }}>
      {chosen === null ? (
        <Picker
          label={title}
          placeholder={uses.length === 0 ? t('uses.none') : t('uses.hint')}
          picks={uses.map((use) => ({ id: `${use.kind} ${use.slug}`, title: use.title, hint: t('uses.steps', { count: use.steps.length }), group: kindOf(use), ...(use.kind === 'vars' ? { icon: <IconVariable size={16} /> } : {}) })).toSorted((one, other) => one.group.localeCompare(other.group))}
          onPick={(id) => setChosen(uses.find((use) => `${use.kind} ${use.slug}` === id) ?? null)}
          onClose={close}
        />
      ) : (
        <Places use={chosen} label={title} onBack={() => setChosen(null)} onDone={close} />
      )}
    </Modal>
  );
}

function Places({ use, label, onBack, onDone }: { use: Use; label: string; onBack: () => void; onDone: () => void }) {
  const { t } = useTranslation('builder');
  const store = useBuilderStore();
  const navigate = useNavigate();
  const document = useBuilder((builder) => builder.edited.document);
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const { id: flow } = useBuilder((builder) => builder.flow);
  const path = usesPathOf(use.kind, use.slug);
  const elsewhere = useQuery({ queryKey: ['uses', path], enabled: path !== null, gcTime: 0, retry: false, queryFn: ({ signal }) => api.get<Uses>(path ?? '', signal) });
  const others = (elsewhere.data?.flows ?? []).filter((each) => each.id !== flow);

  const picks: Pick[] = [
    ...use.steps.flatMap(({ id, saves }): Pick[] => {
      const node = nodeById(document, id);
      if (node === undefined) return [];
      const schema = types.types[node.type] ?? {};
      const icon = <Tile group={groupOf(schema)} icon={textOf(schema['x-icon'])} shape={tileOf(schema)} />;
      const hint = saves ? `${titleOf(schema, language)} · ${t('uses.saves')}` : titleOf(schema, language);
      return [{ id: `go ${id}`, title: titleOfNode(node, types, language), hint, group: t('uses.here'), icon }];
    }),
    ...others.map((each): Pick => ({ id: `flow ${each.id} ${each.nodes[0] ?? ''}`, title: each.name, hint: t('uses.steps', { count: each.nodes.length }), group: t('uses.elsewhere'), icon: <IconRoute size={16} /> })),
  ];

  function pick(id: string) {
    const [how, what = '', step = ''] = id.split(' ');
    onDone();
    if (how === 'flow') return void navigate(`/flows/${what}${step === '' ? '' : `?step=${step}`}`);
    // After the dialog is gone.
    setTimeout(() => {
      store.getState().open(what);
      store.getState().look([what]);
    });
  }

  return <Picker key="places" label={label} placeholder={label} picks={picks} onPick={pick} onClose={onBack} />;
}
