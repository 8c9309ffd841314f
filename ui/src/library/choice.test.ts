import { expect, it } from 'vitest';
import { keptChoice, stepped } from './choice';

it.each([
  [-1, 1, 0],
  [3, 1, 4],
  [9, 1, 9],
  [-1, -1, 9],
  [0, -1, 0],
  [1, 6, 7],
  [1, -6, 0],
  [-1, -6, 0],
])('from row %i by %i leads to row %i of ten', (from, by, expected) => expect(stepped(from, by, 10)).toBe(expected));

it.each([
  [['a', 'b', 'c'], ['c', 'b'], 'b', 'b'],
  [['a', 'b', 'c'], ['a', 'c'], 'b', 'c'],
  [['a', 'b'], ['a'], 'b', 'a'],
  [['a'], [], 'a', null],
  [['a'], ['b'], null, null],
])('from %j to %j, what is chosen goes from %s to %s', (before, after, chosen, expected) =>
  expect(keptChoice(before, after, chosen)).toBe(expected),
);
