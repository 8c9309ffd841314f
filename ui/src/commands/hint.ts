import { keyNames } from './keys';
import type { Keymap } from './keymap.svelte';
import { commands } from './registry';

/** A sentence in which commands stand in braces, with the key of each now; with its name where it has none. */
export function withKeys(sentence: string, keymap: Keymap): string {
  return sentence.replace(/\{(\w+)\}/g, (braces, id: string) => {
    const found = commands.find((command) => command.id === id);
    if (!found) return braces;
    const key = keymap.of(found.id)[0];
    return key ? keyNames(key).join('+') : found.words;
  });
}
