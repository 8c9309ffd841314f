/** What a name may be made of, in the order the chips show them. */
export const PLACEHOLDERS = ['index', 'media', 'start', 'tag', 'title'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

export type Edited = { template: string; caret: number };

/**
 * A template with a placeholder in place of the selection, and where the caret goes then. Between two names a hyphen is
 * put, as a hand would: before it where a word or a placeholder ends, after it where one goes on.
 */
export function inserted(template: string, placeholder: Placeholder, from: number, to: number): Edited {
  const before = template.slice(0, from);
  const after = template.slice(to);
  const lead = /[\p{L}\p{N}}]$/u.test(before) ? '-' : '';
  const trail = /^[\p{L}\p{N}{]/u.test(after) ? '-' : '';
  const written = `${before}${lead}{${placeholder}}`;
  return { template: `${written}${trail}${after}`, caret: written.length };
}

/** Where a placeholder goes when the caret is nowhere: before the ending, else at the end. */
export function restingPlace(template: string): number {
  const ending = /\.\w{1,5}$/.exec(template);
  return ending ? ending.index : template.length;
}

/** A name taken apart for showing: the folders below the chosen one more quietly than the file. */
export function splitName(path: string, folder: string): { folders: string; file: string } {
  const inside = folder !== '' && path.startsWith(folder) ? path.slice(folder.length).replace(/^[/\\]+/, '') : path;
  const cut = Math.max(inside.lastIndexOf('/'), inside.lastIndexOf('\\')) + 1;
  return { folders: inside.slice(0, cut), file: inside.slice(cut) };
}
