// A step is played by itself: one way in, and each of its ways out to the end.
import { expect, it } from 'vitest';
import { flow, types } from '../test/types';
import { alone } from './alone';

it('a step by itself is begun by any message, and every way out ends', () => {
  const document = flow();
  const menu = document.nodes.find((node) => node.id === 'menu')!;
  const { nodes, edges } = alone(document, menu, types, 'pt-BR');
  expect(nodes.map((node) => node.type)).toEqual(['trigger', 'menu', 'end']);
  expect(edges[0]?.target).toBe('menu');
  expect(edges.slice(1).map((edge) => edge.port)).toEqual(expect.arrayContaining(['a', 'b', 'invalid', 'no_reply']));
  expect(new Set(edges.slice(1).map((edge) => edge.target)).size).toBe(1);
});
