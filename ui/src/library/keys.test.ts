import { describe, expect, it } from 'vitest';
import { keptChoice, libraryKey } from './keys';

const press = (key: string, modifiers: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...modifiers,
});

describe('keys of the library', () => {
  it.each([
    ['ArrowDown', -1, 0],
    ['ArrowDown', 3, 4],
    ['ArrowDown', 9, 9],
    ['ArrowUp', -1, 9],
    ['ArrowUp', 0, 0],
    ['PageDown', 1, 7],
    ['PageUp', 1, 0],
    ['Home', 5, 0],
    ['End', 5, 9],
  ])('%s goes from row %i to row %i', (key, from, index) =>
    expect(libraryKey(press(key), 'list', from, 10)).toEqual({ act: 'choose', index }),
  );

  it.each([
    ['Enter', 'list', 'import'],
    ['Enter', 'search', 'import'],
    ['Delete', 'list', 'remove'],
    ['/', 'list', 'search'],
    ['/', 'elsewhere', 'search'],
  ] as const)('%s in the %s means %s', (key, place, act) =>
    expect(libraryKey(press(key), place, 2, 10)).toEqual({ act }),
  );

  it.each(['/', 'Delete', 'Home', 'End', 'a'])('%s in the search field belongs to the text', (key) =>
    expect(libraryKey(press(key), 'search', 2, 10)).toBeNull(),
  );

  it('goes to the search with Ctrl+F from everywhere', () => {
    for (const place of ['list', 'search', 'elsewhere'] as const)
      expect(libraryKey(press('f', { ctrlKey: true }), place, 0, 0)).toEqual({ act: 'search' });
  });

  it('does nothing without rows or without a chosen one', () => {
    expect(libraryKey(press('ArrowDown'), 'list', -1, 0)).toBeNull();
    expect(libraryKey(press('Enter'), 'list', -1, 3)).toBeNull();
    expect(libraryKey(press('Delete'), 'list', -1, 3)).toBeNull();
  });
});

it.each([
  [['a', 'b', 'c'], ['c', 'b'], 'b', 'b'],
  [['a', 'b', 'c'], ['a', 'c'], 'b', 'c'],
  [['a', 'b'], ['a'], 'b', 'a'],
  [['a'], [], 'a', null],
  [['a'], ['b'], null, null],
])('from %j to %j, what is chosen goes from %s to %s', (before, after, chosen, expected) =>
  expect(keptChoice(before, after, chosen)).toBe(expected),
);
