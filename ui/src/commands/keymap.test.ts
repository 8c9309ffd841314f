import { describe, expect, it, vi } from 'vitest';
import type { KeyBinding } from '../ipc/bindings';
import { Keymap } from './keymap.svelte';
import { placeOf } from './definition';
import { commands } from './registry';
import { found } from './search';
import { keyNames, sameKey } from './keys';

function fresh() {
  const save = vi.fn(async (bindings: KeyBinding[]): Promise<null> => (bindings.length >= 0 ? null : null));
  return { keymap: new Keymap(save), save };
}

const press = (key: string) => (other: { key: string }) => other.key === key;

describe('the keymap', () => {
  it('begins with the usual keys, each of which means one thing', () => {
    const { keymap } = fresh();
    const all = commands.flatMap((command) =>
      keymap.of(command.id).map((key) => `${placeOf(command)} ${keyNames(key).join('+')}`),
    );
    expect(new Set(all).size).toBe(all.length);
    expect(keymap.hasOwn).toBe(false);
  });

  it('runs a command by its new key, no longer by the usual one, and keeps that', async () => {
    const { keymap, save } = fresh();
    await keymap.set('addRange', { key: 'q' });
    expect(keymap.find(press('q'))?.id).toBe('addRange');
    expect(keymap.find((key) => sameKey(key, { key: 'n' }))).toBeUndefined();
    expect(save).toHaveBeenLastCalledWith([{ command: 'addRange', keys: [{ key: 'q', ctrl: false, shift: false }] }]);
  });

  it('refuses keys that another command has, and those that move the focus', () => {
    const { keymap } = fresh();
    expect(keymap.faultOf('addRange', { key: 'i' })).toEqual({ kind: 'taken', by: 'setIn' });
    expect(keymap.faultOf('addRange', { key: 'Escape' })).toEqual({ kind: 'reserved' });
    expect(keymap.faultOf('addRange', { key: 'n' }), 'its own key is no conflict').toBeNull();
  });

  it('lets a key mean something else in the library than on the desk, and one thing there', async () => {
    const { keymap } = fresh();
    expect(keymap.faultOf('libraryImport', { key: 'i' }), 'it sets the in point on the desk').toBeNull();
    expect(keymap.faultOf('libraryImport', { key: 'Delete' })).toEqual({ kind: 'taken', by: 'libraryRemove' });
    await keymap.set('libraryImport', { key: 'i' });
    expect(keymap.find((key) => sameKey(key, { key: 'i' }))?.id).toBe('setIn');
    expect(keymap.find(press('i'), 'library')?.id).toBe('libraryImport');
    const again = fresh().keymap;
    again.read([{ command: 'libraryImport', keys: [{ key: 'i', ctrl: false, shift: false }] }]);
    expect(again.of('libraryImport'), 'it is kept').toEqual([{ key: 'i' }]);
  });

  it('gives a command its usual key again, unless that runs another by now', async () => {
    const { keymap, save } = fresh();
    await keymap.set('addRange', { key: 'q' });
    await keymap.set('loop', { key: 'n' });
    await keymap.reset('addRange');
    expect(keymap.of('addRange'), 'its usual key belongs to another').toEqual([]);
    await keymap.reset('loop');
    await keymap.reset('addRange');
    expect(keymap.hasOwn).toBe(false);
    expect(save).toHaveBeenLastCalledWith([]);
  });

  it('reads what was kept, without commands that are gone and without two meanings of one key', () => {
    const { keymap } = fresh();
    const key = (key: string) => ({ key, ctrl: false, shift: false });
    keymap.read([
      { command: 'addRange', keys: [key('q')] },
      { command: 'flyToTheMoon', keys: [key('x')] },
      { command: 'loop', keys: [key('i'), key('q')] },
    ]);
    expect(keymap.of('addRange')).toEqual([{ key: 'q' }]);
    expect(keymap.of('loop'), 'both keys are taken').toEqual([]);
    expect(keymap.of('setIn')).toEqual([{ key: 'i' }]);
  });

  it('stays as it was when it cannot be kept', async () => {
    const keymap = new Keymap(() => Promise.reject(new Error('full')));
    await expect(keymap.set('addRange', { key: 'q' })).rejects.toThrow('full');
    expect(keymap.of('addRange')).toEqual([{ key: 'n' }]);
  });
});

describe('searching commands', () => {
  it.each([
    ['undo', 'undo'],
    ['find hi', 'find'],
    ['others', 'findOthers'],
    ['keep next', 'keepAndNext'],
  ])('%s finds %s first', (query, id) => {
    expect(found(commands, query)[0]?.id).toBe(id);
  });

  it('finds everything without a query and nothing without a match', () => {
    expect(found(commands, ' ').length).toBe(commands.length);
    expect(found(commands, 'xyzzy')).toEqual([]);
  });
});
