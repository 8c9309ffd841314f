import { expect, it } from 'vitest';
import { walked } from './walk';

it.each([
  ['ArrowDown', 0, 3, 1],
  ['ArrowDown', 2, 3, 2],
  ['ArrowUp', 0, 3, 0],
  ['PageDown', 4, 40, 14],
  ['PageUp', 4, 40, 0],
  ['ArrowDown', 0, 0, 0],
  ['Enter', 1, 3, null],
])('%s on row %i of %i leads to %j', (key, place, count, expected) => {
  expect(walked(key, place, count)).toBe(expected);
});
