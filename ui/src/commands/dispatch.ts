import type { Workspace } from '../project/workspace.svelte';
import type { Place } from './definition';
import { isComposing, isOwnKey, isTextField, pressed, writesText } from './keys';

/** Where a key is heard now; nowhere while a sheet is open that has no keys of its own. */
function placeNow(workspace: Workspace): Place | null {
  if (workspace.sheet === null) return 'desk';
  return workspace.sheet === 'library' ? 'library' : null;
}

/** Runs what a key press means. A key that a control has already used, or that belongs to it, is left alone. */
export function dispatch(workspace: Workspace, event: KeyboardEvent): void {
  const place = placeNow(workspace);
  if (event.defaultPrevented || isComposing(event) || place === null) return;
  const found = workspace.keymap.find((key) => pressed(event, key), place);
  if (!found) return;
  const field = isTextField(event.target) ? (event.target as HTMLElement) : null;
  if (field && writesText(event)) return;
  // What is being written counts: on the desk, the field hands its value over before the command runs.
  if (place === 'desk') field?.blur();
  if (!event.ctrlKey && !event.metaKey && isOwnKey(event.target, event.key)) return;
  event.preventDefault();
  if (event.repeat && !found.repeats) return;
  if (!found.able(workspace)) return;
  found.run(workspace);
  workspace.leftField = workspace.sheet === null ? null : field;
}

/** What a paste outside a field brings: a path on each line, or addresses of files. */
export function pastedText(event: ClipboardEvent): string | null {
  if (isTextField(event.target)) return null;
  const text = event.clipboardData?.getData('text/uri-list') || event.clipboardData?.getData('text/plain') || '';
  return text.trim() === '' ? null : text;
}
