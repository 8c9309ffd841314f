import { describe, expect, it, vi } from 'vitest';
import type { Workspace } from '../project/workspace.svelte';
import { canPlay, placeOf } from './definition';
import { dispatch } from './dispatch';
import { isComposing, keyNames, pressed, writesText, type Key } from './keys';
import { commands } from './registry';

const press = (key: string, modifiers: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...modifiers,
});

describe('keys', () => {
  it.each<[ReturnType<typeof press>, Key, boolean]>([
    [press('z', { ctrlKey: true }), { key: 'z', ctrl: true }, true],
    [press('Z', { ctrlKey: true, shiftKey: true }), { key: 'z', ctrl: true }, false],
    [press('Z', { ctrlKey: true, shiftKey: true }), { key: 'z', ctrl: true, shift: true }, true],
    [press('z', { metaKey: true }), { key: 'z', ctrl: true }, true],
    [press('?', { shiftKey: true }), { key: '?' }, true],
    [press('/'), { key: '/' }, true],
    [press('/', { shiftKey: true }), { key: '/' }, true],
    [press('L'), { key: 'l' }, true],
    [press('l', { altKey: true }), { key: 'l' }, false],
    [press('o', { ctrlKey: true }), { key: 'o' }, false],
  ])('%j against %j is %s', (event, key, expected) => expect(pressed(event, key)).toBe(expected));

  it('are printed as on a keyboard', () => {
    expect(keyNames({ key: 'z', ctrl: true, shift: true })).toEqual(['Ctrl', 'Shift', 'Z']);
    expect(keyNames({ key: ' ' })).toEqual(['Space']);
    expect(keyNames({ key: 'ArrowLeft' })).toEqual(['←']);
  });

  it('mean one thing each where they are heard', () => {
    const all = commands.flatMap((command) =>
      command.keys.map((key) => `${placeOf(command)} ${keyNames(key).join('+')}`),
    );
    expect(new Set(all).size).toBe(all.length);
  });
});

it.each([
  [{ isComposing: true, keyCode: 13 }, true],
  [{ isComposing: false, keyCode: 229 }, true],
  [{ isComposing: false, keyCode: 13 }, false],
])('a key with %j belongs to an input method: %s', (event, expected) => expect(isComposing(event)).toBe(expected));

it('a key of an input method runs no command', () => {
  const find = vi.fn();
  const workspace = { sheet: null, keymap: { find } } as unknown as Workspace;
  dispatch(workspace, new KeyboardEvent('keydown', { key: 'Enter', isComposing: true }));
  expect(find).not.toHaveBeenCalled();
});

describe('a field that narrows a list', () => {
  const written = (key: string, role: string) => {
    const target = document.createElement('input');
    target.setAttribute('role', role);
    return writesText({ ...press(key), target });
  };

  it.each(['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Enter'])('leaves %s to the list', (key) => {
    expect(written(key, 'combobox')).toBe(false);
    expect(written(key, 'textbox'), 'any other field keeps it').toBe(true);
  });

  it.each(['/', 'Delete', 'Home', 'End', 'a'])('keeps %s for its text', (key) =>
    expect(written(key, 'combobox')).toBe(true),
  );
});

it.each([
  ['empty', false],
  ['loading', true],
  ['ready', true],
  ['failed', false],
])('a player that is %s takes the keys of playing: %s', (phase, expected) =>
  expect(canPlay({ player: { phase } } as Workspace)).toBe(expected),
);
