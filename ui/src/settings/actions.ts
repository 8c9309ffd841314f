/** The contract's limits of the editor's own names for actions. */
export const MOST_ACTIONS = 50;
export const LONGEST_ACTION = 5;

export type ActionFault = { kind: 'tooLong' | 'duplicate'; action: string } | { kind: 'tooMany'; left: number };

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Characters as a reader counts them: a flag or an accented letter is one. */
export function graphemeCount(text: string): number {
  return [...graphemes.segment(text)].length;
}

/** A typed or pasted list, split at commas, semicolons, tabs and line ends (also the full-width and ideographic commas). */
export function splitActions(text: string): string[] {
  return text
    .split(/[,;，、；\t\r\n]+/u)
    .map((part) => part.trim().normalize('NFC'))
    .filter((part) => part !== '');
}

/** The list with every name of `text` that the limits allow, and what was left out and why. */
export function addActions(existing: string[], text: string): { actions: string[]; faults: ActionFault[] } {
  const actions = [...existing];
  const faults: ActionFault[] = [];
  let left = 0;
  for (const action of splitActions(text)) {
    if (graphemeCount(action) > LONGEST_ACTION) faults.push({ kind: 'tooLong', action });
    else if (actions.includes(action)) faults.push({ kind: 'duplicate', action });
    else if (actions.length >= MOST_ACTIONS) left++;
    else actions.push(action);
  }
  if (left > 0) faults.push({ kind: 'tooMany', left });
  return { actions, faults };
}
