export type LibraryKey = { act: 'choose'; index: number } | { act: 'import' | 'remove' | 'search' | 'intoList' };

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Rows that Page Up and Page Down pass: about a list's height. */
const PAGE = 6;

/**
 * What a key means in the library. `place` is where the key was pressed: in the search field letters belong to the text,
 * so only what a line of text has no use for acts on the list.
 */
export function libraryKey(
  event: Pressed,
  place: 'list' | 'search' | 'elsewhere',
  chosen: number,
  count: number,
): LibraryKey | null {
  const control = event.ctrlKey || event.metaKey;
  if (control && event.key.toLowerCase() === 'f') return { act: 'search' };
  if (control || event.altKey) return null;
  if (place !== 'search' && event.key === '/') return { act: 'search' };
  if (place === 'elsewhere' || count === 0) return null;
  const to = (index: number): LibraryKey => ({ act: 'choose', index: Math.min(count - 1, Math.max(0, index)) });
  switch (event.key) {
    case 'ArrowDown':
      return to(chosen + 1);
    case 'ArrowUp':
      return to(chosen < 0 ? count - 1 : chosen - 1);
    case 'PageDown':
      return to(chosen + PAGE);
    case 'PageUp':
      return to(chosen - PAGE);
    case 'Enter':
      return chosen < 0 ? null : { act: 'import' };
    case 'Home':
      return place === 'list' ? to(0) : null;
    case 'End':
      return place === 'list' ? to(count - 1) : null;
    case 'Delete':
      return place === 'list' && chosen >= 0 ? { act: 'remove' } : null;
    default:
      return null;
  }
}

/** What stays chosen in a new list: the same asset, else the one that came into its place. */
export function keptChoice(before: string[], after: string[], chosen: string | null): string | null {
  if (chosen === null) return null;
  if (after.includes(chosen)) return chosen;
  const place = before.indexOf(chosen);
  return place < 0 ? null : (after[Math.min(place, after.length - 1)] ?? null);
}
