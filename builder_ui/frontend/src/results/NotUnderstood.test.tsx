// Words that were not understood, beside the draft as it is: what may be done about them, and what it comes to.
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterEach, describe, expect, it } from 'vitest';
import { BuilderProvider, createBuilder, noHistory } from '../builder/store';
import type { FlowNode } from '../document/flow';
import { flow, types } from '../test/types';
import { theme, variables } from '../theme/theme';
import { NotUnderstood } from './NotUnderstood';

afterEach(cleanup);

const period = { version: 1, days: 7 };
const said = [
  { text: 'não liga', times: 3, contacts: 2 },
  { text: 'Comprar!', times: 1, contacts: 1 },
];
const menu: FlowNode = {
  id: 'ask',
  type: 'menu',
  params: { text: 'Como?', options: [{ id: 'vendas', title: 'Vendas', synonyms: ['comprar'] }, { id: 'suporte', title: 'Suporte' }] },
};

/** The pane over a draft of these steps, as somebody of this role sees it; the store behind it. */
function show(nodes: FlowNode[], role = 'builder', called: { flow: { id: string; name: string }; title: string } | null = null) {
  const draft = flow({ nodes, edges: [] });
  const about = { id: 'f', key: 'bot', name: 'Bot', kind: 'chatbot', document: draft, revision: 1, live: null, draft_differs: false, changes: 0, findings: [], channels: [], stopped_at: null };
  const store = createBuilder({ flow: about, document: draft, history: noHistory, unsaved: false }, types, 'pt-BR');
  store.getState().set({ readOnly: true, shown: flow({ nodes: [menu], edges: [] }) });
  const queries = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  queries.setQueryData(['session'], { member: { role } });
  queries.setQueryData(['results', 'f', period, 'not-understood'], { more: false, questions: [{ node: 'ask', times: 4, unwritten: 1, hidden: 0, said, called }] });
  render(
    <QueryClientProvider client={queries}>
      <MantineProvider theme={theme} cssVariablesResolver={variables}>
        <BuilderProvider value={store}>
          <MemoryRouter>
            <NotUnderstood period={period} />
          </MemoryRouter>
        </BuilderProvider>
      </MantineProvider>
    </QueryClientProvider>,
  );
  return store;
}

const offered = () => screen.queryAllByRole('button', { name: /vale como/ }).map((button) => button.getAttribute('aria-label'));

describe('words that were not understood', () => {
  it('become a synonym of the draft by one click, though a version is drawn, and undo takes it back', () => {
    const store = show([menu]);
    const before = store.getState().edited.document;

    fireEvent.click(screen.getByRole('button', { name: '“não liga” vale como “Suporte”' }));

    expect(JSON.stringify(store.getState().edited.document)).toContain('"synonyms":["não liga"]');
    expect(screen.getByText('O rascunho entende: Suporte')).toBeTruthy();
    store.getState().undo();
    expect(store.getState().edited.document).toEqual(before);
  });

  it('that the draft understands already ask for nothing', () => {
    show([menu]);
    expect(screen.getByText('O rascunho entende: Vendas')).toBeTruthy();
    expect(offered()).toEqual(['“não liga” vale como “Vendas”', '“não liga” vale como “Suporte”']);
  });

  it('in a flow that this one calls are told with the way there, and become synonyms there', () => {
    show([menu], 'builder', { flow: { id: 'g', name: 'Cadastro' }, title: 'Idade?' });
    expect(screen.getByText('Idade?')).toBeTruthy();
    expect(screen.getByText('não liga')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Cadastro' }).getAttribute('href')).toBe('/flows/g?results=invalid');
    expect(offered()).toEqual([]);
  });

  it('at a step that the draft has no more are said to be so', () => {
    show([]);
    expect(screen.getByText('Esta etapa não existe mais no rascunho.')).toBeTruthy();
    expect(offered()).toEqual([]);
  });

  it('are only read by those who do not edit flows', () => {
    show([menu], 'viewer');
    expect(screen.getByText('não liga')).toBeTruthy();
    expect(offered()).toEqual([]);
  });
});
