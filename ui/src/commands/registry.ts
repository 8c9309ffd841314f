import type { Workspace } from '../project/workspace.svelte';
import { words } from '../words';
import type { Key } from './keys';

export type CommandId = keyof typeof words.commands;
export type CommandGroup = keyof typeof words.keySheet.groups;

export type Command = {
  id: CommandId;
  words: string;
  group: CommandGroup;
  /** The first is the one shown. */
  keys: Key[];
  /** Whether it would do anything now. */
  able: (workspace: Workspace) => boolean;
  run: (workspace: Workspace) => void;
};

type Definition = Omit<Command, 'id' | 'words'>;

const always = () => true;
const hasMaterial = ({ session }: Workspace) => session.material !== null;
const hasRange = ({ session }: Workspace) => session.range !== null;
const hasRanges = ({ session }: Workspace) => session.ranges.length > 0;
const canPlay = ({ player }: Workspace) => player.phase === 'ready';

export function canFind({ session }: Workspace): boolean {
  return session.materials.length > 0 && session.snapshot?.finding === false;
}

export function canExport({ session }: Workspace): boolean {
  return session.snapshot?.exporting !== null || session.materials.some((material) => material.ranges.length > 0);
}

/** Every act that has a key, total over the words for them: one without words, or words without an act, do not compile. */
const definitions: Record<CommandId, Definition> = {
  open: {
    group: 'file',
    keys: [{ key: 'o', ctrl: true }],
    able: always,
    run: ({ session }) => void session.openFiles(),
  },
  openAddress: {
    group: 'file',
    keys: [{ key: 'o', ctrl: true, shift: true }],
    able: always,
    run: (workspace) => (workspace.sheet = 'address'),
  },
  library: {
    group: 'file',
    keys: [{ key: 'l', ctrl: true }],
    able: always,
    run: (workspace) => (workspace.sheet = 'library'),
  },
  find: {
    group: 'file',
    keys: [{ key: 'Enter', ctrl: true }],
    able: canFind,
    run: ({ session }) => void session.find(),
  },
  export: {
    group: 'file',
    keys: [{ key: 'e', ctrl: true }],
    able: canExport,
    run: (workspace) => (workspace.sheet = 'export'),
  },
  undo: {
    group: 'file',
    keys: [{ key: 'z', ctrl: true }],
    able: ({ session }) => session.snapshot?.undo != null,
    run: ({ session }) => void session.undo(),
  },
  redo: {
    group: 'file',
    keys: [
      { key: 'z', ctrl: true, shift: true },
      { key: 'y', ctrl: true },
    ],
    able: ({ session }) => session.snapshot?.redo != null,
    run: ({ session }) => void session.redo(),
  },
  settings: {
    group: 'file',
    keys: [{ key: ',', ctrl: true }],
    able: always,
    run: (workspace) => (workspace.sheet = 'settings'),
  },
  keys: { group: 'file', keys: [{ key: '?' }], able: always, run: (workspace) => (workspace.sheet = 'keys') },

  playPause: { group: 'play', keys: [{ key: ' ' }], able: canPlay, run: ({ player }) => player.toggle() },
  shuttleBack: { group: 'play', keys: [{ key: 'j' }], able: canPlay, run: ({ player }) => player.key('back') },
  shuttleStop: { group: 'play', keys: [{ key: 'k' }], able: canPlay, run: ({ player }) => player.key('stop') },
  shuttleForward: { group: 'play', keys: [{ key: 'l' }], able: canPlay, run: ({ player }) => player.key('forward') },
  frameBack: { group: 'play', keys: [{ key: 'ArrowLeft' }], able: hasMaterial, run: (workspace) => workspace.step(-1) },
  frameForward: {
    group: 'play',
    keys: [{ key: 'ArrowRight' }],
    able: hasMaterial,
    run: (workspace) => workspace.step(1),
  },
  tenFramesBack: {
    group: 'play',
    keys: [{ key: 'ArrowLeft', shift: true }],
    able: hasMaterial,
    run: (workspace) => workspace.step(-10),
  },
  tenFramesForward: {
    group: 'play',
    keys: [{ key: 'ArrowRight', shift: true }],
    able: hasMaterial,
    run: (workspace) => workspace.step(10),
  },
  toBeginning: { group: 'play', keys: [{ key: 'Home' }], able: hasMaterial, run: (workspace) => workspace.show(0) },
  toEnd: {
    group: 'play',
    keys: [{ key: 'End' }],
    able: hasMaterial,
    run: (workspace) => workspace.show(workspace.player.duration),
  },
  playRange: {
    group: 'play',
    keys: [{ key: '/' }],
    able: (workspace) => hasRange(workspace) && canPlay(workspace),
    run: (workspace) => workspace.playSelected(),
  },
  loop: { group: 'play', keys: [{ key: 'r' }], able: always, run: ({ player }) => (player.loop = !player.loop) },

  previousRange: {
    group: 'range',
    keys: [{ key: 'ArrowUp' }],
    able: hasRanges,
    run: (workspace) => workspace.goBy(-1),
  },
  nextRange: { group: 'range', keys: [{ key: 'ArrowDown' }], able: hasRanges, run: (workspace) => workspace.goBy(1) },
  toIn: {
    group: 'range',
    keys: [{ key: 'i', shift: true }],
    able: hasRange,
    run: (workspace) => workspace.show(workspace.session.range?.start ?? 0),
  },
  toOut: {
    group: 'range',
    keys: [{ key: 'o', shift: true }],
    able: hasRange,
    run: (workspace) => workspace.show(workspace.session.range?.end ?? 0),
  },
  setIn: { group: 'range', keys: [{ key: 'i' }], able: hasRange, run: (workspace) => void workspace.setEdge('start') },
  setOut: { group: 'range', keys: [{ key: 'o' }], able: hasRange, run: (workspace) => void workspace.setEdge('end') },
  addRange: { group: 'range', keys: [{ key: 'n' }], able: hasMaterial, run: (workspace) => void workspace.addRange() },
  removeRange: {
    group: 'range',
    keys: [{ key: 'Delete' }, { key: 'Backspace' }],
    able: hasRange,
    run: (workspace) => void workspace.removeRange(),
  },

  fit: { group: 'view', keys: [{ key: 'f' }], able: hasMaterial, run: ({ view }) => view.fit() },
  zoomIn: {
    group: 'view',
    keys: [{ key: '+' }, { key: '=' }],
    able: hasMaterial,
    run: (workspace) => zoom(workspace, 0.5),
  },
  zoomOut: { group: 'view', keys: [{ key: '-' }], able: hasMaterial, run: (workspace) => zoom(workspace, 2) },
  snapping: { group: 'view', keys: [{ key: 's' }], able: always, run: ({ view }) => (view.snapping = !view.snapping) },
};

export const commands: Command[] = (Object.keys(definitions) as CommandId[]).map((id) => command(id));

export function command(id: CommandId): Command {
  return { id, words: words.commands[id], ...definitions[id] };
}

/** About the playhead where it is in sight, so that repeated presses close in on what is being looked at. */
function zoom({ view, player }: Workspace, factor: number): void {
  const { start, perPixel, width } = view.current;
  const pixel = (player.time - start) / perPixel;
  view.zoom(factor, pixel >= 0 && pixel <= width ? pixel : width / 2);
}
