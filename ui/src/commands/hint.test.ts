import { expect, it, vi } from 'vitest';
import { words } from '../words';
import { zh } from '../words/zh';
import { withKeys } from './hint';
import { Keymap } from './keymap.svelte';

it('names the key that a command has now, and the command where it has none', async () => {
  const keymap = new Keymap(vi.fn(() => Promise.resolve(null)));
  expect(withKeys('Press {addRange}, not {this}.', keymap)).toBe('Press N, not {this}.');
  await keymap.set('addRange', { key: 'q', ctrl: true });
  expect(withKeys('Press {addRange}.', keymap)).toBe('Press Ctrl+Q.');
  keymap.read([{ command: 'addRange', keys: [] }]);
  expect(withKeys('Press {addRange}.', keymap)).toBe(`Press ${words.commands.addRange}.`);
});

it('knows every command that an empty list names, in every language', () => {
  const keymap = new Keymap(vi.fn(() => Promise.resolve(null)));
  for (const { review } of [words, zh])
    for (const [, text] of Object.values(review.empty)) expect(withKeys(text ?? '', keymap)).not.toContain('{');
});
