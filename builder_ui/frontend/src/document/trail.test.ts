// The trail of a run: order of the first passing, wires by port, nothing of the flows it called.
import { expect, test } from 'vitest';
import { trailOf } from './trail';

const passed = [
  { node: 'inicio', port: 'next' },
  { node: 'menu', port: null },
  { node: 'menu', port: 'a' },
  { node: 'inicio_do_outro', port: 'next', version: 'outro' },
  { node: 'ola', port: 'next' },
  { node: 'menu', port: null },
];

test('steps are numbered by when they were first passed', () => {
  expect([...trailOf(passed, 'menu').steps]).toEqual([['inicio', 1], ['menu', 2], ['ola', 3]]);
});

test('the wires are those of the ports that were left by', () => {
  expect([...trailOf(passed, 'menu').wires]).toEqual(['inicio:next', 'menu:a', 'ola:next']);
});

test('of the turn that is pointed at, the steps of this flow', () => {
  expect([...trailOf(passed, null, passed.slice(3, 5)).pointed]).toEqual(['ola']);
});
