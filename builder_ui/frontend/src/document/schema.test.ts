// Properties as their values make them: what becomes required, which choices are left.
import { describe, expect, it } from 'vitest';
import { types } from '../test/types';
import { paletteOf } from './palette';
import { exampleOf, filtersOf, propertiesOf, resolve, startingParams } from './schema';

const named = (type: string, name: string, values = {}) =>
  propertiesOf(types, types.types[type]!, values).find((property) => property.name === name)!;

describe('a property', () => {
  it('is required where the values beside it make it so', () => {
    expect(named('notify', 'user', { to: 'user' }).required).toBe(true);
    expect(named('notify', 'user', { to: 'team' }).required).toBe(false);
    expect(named('delay', 'at', { how: 'moment' }).required).toBe(true);
    expect(named('delay', 'at').required).toBe(false);
  });

  it('has fewer choices where the values beside it leave fewer', () => {
    const change = resolve(types, { ...(named('update_contact', 'changes').schema['items'] as object) });
    const choices = (field: string) => propertiesOf(types, change, { field }).find((property) => property.name === 'op')!.schema['enum'];
    expect(choices('name')).toEqual(['set', 'clear']);
    expect(choices('custom')).toContain('increment');
  });

  it('with a title of its own does not say what its definition is for', () => {
    expect(named('move_deal', 'pipeline').schema['description']).toBeUndefined();
    expect(named('move_deal', 'reason').schema['description']).toContain('Of winning');
  });
});

describe('the palette', () => {
  it('leaves out what may not stand in this kind of flow', () => {
    const schema = { ...types.types['menu']!, 'x-kinds': ['chatbot'] };
    const some = { ...types, types: { menu: schema } };
    const menus = (kind: string) => paletteOf(some, 'en', kind).flatMap((group) => group.types).length;
    expect([menus('chatbot'), menus('sequence')]).toEqual([1, 0]);
  });
});

describe('what a new step begins with', () => {
  it('is in the language of its flow', () => {
    const options = (language?: string) => JSON.stringify(startingParams(types, 'menu', language)['options']);
    expect(options('en')).toBe('[{"id":"yes","title":"Yes"},{"id":"no","title":"No"}]');
    expect(options()).toBe('[{"id":"sim","title":"Sim"},{"id":"nao","title":"Não"}]');
  });

  it('is hinted at in the language of whoever draws', () => {
    const outcome = propertiesOf(types, types.types['end']!).find(({ name }) => name === 'outcome')!.schema;
    expect([exampleOf(outcome, 'en'), exampleOf(outcome, 'pt-BR')]).toEqual(['booked', 'agendado']);
  });
});

describe('a filter', () => {
  it('is written as its example writes it', () => {
    const calls = new Map(filtersOf(types, 'pt-BR').map((filter) => [filter.id, filter.call]));
    expect(calls.get('upper')).toBe('upper');
    expect(calls.get('truncate')).toBe('truncate(5)');
    expect(calls.get('default')).toBe("default('amigo')");
  });
});
