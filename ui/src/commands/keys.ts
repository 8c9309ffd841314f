/** A key press. A letter is written small; `ctrl` also means Command on a Mac. */
export type Key = { key: string; ctrl?: true; shift?: true };

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Signs such as `?` and `+` already name the shifted key, wherever a keyboard has them. */
const SIGN = /^[^\p{L}\p{N}\s]$/u;

/** Whether a keyboard's layout decides if Shift is needed for this key. */
export function isLayoutSign(key: string): boolean {
  return SIGN.test(key);
}

/** The key that was pressed; null with Alt, which belongs to the system and to some keyboards' letters. */
export function keyOf(event: Pressed): Key | null {
  if (event.altKey) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return {
    key,
    ...((event.ctrlKey || event.metaKey) && { ctrl: true }),
    ...(event.shiftKey && !isLayoutSign(key) && { shift: true }),
  };
}

export function sameKey(one: Key, other: Key): boolean {
  return one.key === other.key && one.ctrl === other.ctrl && one.shift === other.shift;
}

export function pressed(event: Pressed, key: Key): boolean {
  const now = keyOf(event);
  return now !== null && sameKey(now, key);
}

const NAMES: Record<string, string> = {
  ' ': 'Space',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: 'Page ↑',
  PageDown: 'Page ↓',
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

/** What an input method sends with each key that it takes for itself. */
const TAKEN_BY_INPUT_METHOD = 229;

/** Whether a key belongs to letters that are still being put together, such as Chinese ones from pinyin. */
export function isComposing(event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
  // WebKit ends the composition before it tells of the Enter that has ended it; only the code gives that away.
  return event.isComposing || event.keyCode === TAKEN_BY_INPUT_METHOD;
}

/** Keys that mean something with Ctrl while text is written. */
const EDITING = ['a', 'c', 'v', 'x', 'z', 'y', 'Backspace', 'Delete', 'Home', 'End'];

/** What a line of text has no use for, and the list does that a search narrows. */
const WALKING = ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Enter'];

/** Whether a key press belongs to the text that is being written. */
export function writesText(event: Pressed & { target?: EventTarget | null }): boolean {
  const key = keyOf(event);
  if (key && !key.ctrl && WALKING.includes(key.key) && narrowsList(event.target)) return false;
  return !key?.ctrl || EDITING.includes(key.key) || key.key.startsWith('Arrow');
}

function narrowsList(target: EventTarget | null | undefined): boolean {
  return target instanceof Element && target.matches('input[role=combobox]');
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
