import type { Library } from '../library/library.svelte';
import type { Workspace } from '../project/workspace.svelte';
import type { CommandId, Definition } from './definition';

/** Rows that Page Up and Page Down pass: about a list's height. */
const PAGE = 6;

/** The media library. What acts on its list is heard, and possible, while it is open. */
export const library = {
  librarySearch: act(
    [{ key: 'f', ctrl: true }, { key: '/' }],
    (library) => !library.removing,
    (library) => (library.searching = true),
  ),
  libraryNext: step([{ key: 'ArrowDown' }], 1),
  libraryPrevious: step([{ key: 'ArrowUp' }], -1),
  libraryPageOn: step([{ key: 'PageDown' }], PAGE),
  libraryPageBack: step([{ key: 'PageUp' }], -PAGE),
  libraryFirst: step([{ key: 'Home' }], -Infinity),
  libraryLast: step([{ key: 'End' }], Infinity),
  libraryImport: act(
    [{ key: 'Enter' }],
    ({ chosen, free }) => free && chosen !== null && !chosen.missing && !chosen.inProject,
    (library) => void library.importChosen(),
  ),
  libraryRemove: act(
    [{ key: 'Delete' }],
    ({ chosen, free }) => free && chosen !== null,
    (library) => (library.removing = true),
  ),
  libraryRelink: act(
    [],
    ({ chosen, free }) => free && chosen?.missing === true,
    (library) => void library.relinkChosen(),
  ),
  libraryAddFiles: act(
    [],
    ({ free }) => free,
    (library) => void library.addFiles(),
  ),
  libraryAddAddress: act(
    [],
    () => true,
    (library) => (library.adding = !library.adding),
  ),
} satisfies Partial<Record<CommandId, Definition>>;

function act(
  keys: Definition['keys'],
  able: (library: Library) => boolean,
  run: (library: Library) => void,
): Definition {
  return {
    group: 'library',
    place: 'library',
    keys,
    able: ({ library }: Workspace) => library !== null && able(library),
    run: ({ library }: Workspace) => {
      if (library) run(library);
    },
  };
}

function step(keys: Definition['keys'], by: number): Definition {
  const definition = act(
    keys,
    ({ removing, assets }) => !removing && (assets?.length ?? 0) > 0,
    (library) => library.step(by),
  );
  return { ...definition, repeats: true };
}
