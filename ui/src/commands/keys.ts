/** A key press. A letter is written small; `ctrl` also means Command on a Mac. */
export type Key = { key: string; ctrl?: true; shift?: true };

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Signs such as `?` and `+` already name the shifted key, wherever a keyboard has them. */
const SIGN = /^[^\p{L}\p{N}\s]$/u;

export function pressed(event: Pressed, key: Key): boolean {
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (name !== key.key || event.altKey) return false;
  if ((event.ctrlKey || event.metaKey) !== (key.ctrl ?? false)) return false;
  return SIGN.test(key.key) || event.shiftKey === (key.shift ?? false);
}

const NAMES: Record<string, string> = {
  ' ': 'Space',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
};

/** The parts of a key press as they are printed on a keyboard. */
export function keyNames(key: Key): string[] {
  const name = NAMES[key.key] ?? (key.key.length === 1 ? key.key.toUpperCase() : key.key);
  return [...(key.ctrl ? ['Ctrl'] : []), ...(key.shift ? ['Shift'] : []), name];
}

const TEXT_FIELDS =
  'input:not([type=checkbox], [type=radio], [type=range], [type=button]), textarea, [contenteditable=true]';

/** Where typing writes text: keys there belong to the text. */
export function isTextField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TEXT_FIELDS) !== null;
}

/** Whether the focused control itself needs this key. */
export function isOwnKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (key === ' ' || key === 'Enter')
    return (
      target.closest('button, a, summary, [role=switch], [type=checkbox], [type=radio], [role^=menuitem]') !== null
    );
  if (key.startsWith('Arrow') || key === 'Home' || key === 'End')
    return target.closest('[type=range], [type=radio], [role^=menu]') !== null;
  return false;
}
