// A form is what its schema says: fields, folded ones, errors beside them.
import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { JsonObject } from '../document/json';
import { namesOf } from '../document/template';
import { flow, types } from '../test/types';
import { theme, variables } from '../theme/theme';
import { FormProvider } from './form';
import { SchemaForm } from './SchemaForm';

afterEach(cleanup);

function show(type: string, params: JsonObject, errors: Record<string, string> = {}) {
  const onChange = vi.fn<(value: JsonObject, touched: string) => void>();
  const setting = {
    document: flow(),
    types: { ...types, things: { team: [{ slug: 'suporte', name: 'Suporte' }] } },
    language: 'pt-BR' as const,
    names: namesOf(flow(), types, 'pt-BR'),
    errors: new Map(Object.entries(errors)),
    focus: null,
    readOnly: false,
  };
  render(
    <MantineProvider theme={theme} cssVariablesResolver={variables}>
      <FormProvider value={setting}>
        <SchemaForm schema={types.types[type]!} value={params} onChange={onChange} />
      </FormProvider>
    </MantineProvider>,
  );
  return onChange;
}

const menu = { text: 'Como?', options: [{ id: 'a', title: 'Vendas' }, { id: 'b', title: 'Suporte' }] };

describe('a form', () => {
  it('has a field a property, titled in the user’s language', () => {
    show('menu', menu);
    expect(screen.getByRole('textbox', { name: 'Texto' }).textContent).toBe('Como?');
    expect(screen.getByDisplayValue('Vendas')).toBeTruthy();
    expect(screen.getByText('Salvar em')).toBeTruthy();
  });

  it('folds rare fields into a line with their present value', () => {
    show('menu', menu);
    const line = screen.getByRole('button', { name: /Botão antigo apertado depois/ });
    expect(line.textContent).toContain('Continua de novo daqui');
    expect(line.getAttribute('aria-expanded')).toBe('false');
  });

  it('shows an error beside the field it belongs to', () => {
    show('menu', menu, { '/options/1/title': 'Está vazio.' });
    expect(screen.getByText('Está vazio.').closest('.option')?.querySelector('input')?.value).toBe('Suporte');
  });

  it('shows only the fields that count', () => {
    show('trigger', { event: 'message.received' });
    expect(screen.queryByText('Palavras')).toBeNull();
    cleanup();
    show('trigger', { event: 'keyword', terms: ['oi'] });
    expect(screen.getByText('Palavras')).toBeTruthy();
  });

  it('adds an option with an id no other has', () => {
    const onChange = show('menu', menu);
    fireEvent.click(screen.getByRole('button', { name: 'Adicionar opção' }));
    const [value, touched] = onChange.mock.calls[0]!;
    expect(touched).toBe('/options');
    expect((value['options'] as JsonObject[])[2]).toMatchObject({ id: 'opcao_3', title: 'Opção 3' });
  });
});
