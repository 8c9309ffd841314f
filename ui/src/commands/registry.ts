import { cancelWork } from '../project/cancelling';
import { words } from '../words';
import {
  always,
  canCancel,
  canExport,
  canFind,
  canTranscribe,
  hasMaterial,
  isSpeechless,
  isWorking,
  type Command,
  type CommandGroup,
  type CommandId,
  type Definition,
} from './definition';
import { library } from './library';
import { playing } from './playing';
import { ranges } from './ranges';
import { view } from './view';

export { canExport, canFind, canTranscribe, type Command, type CommandGroup, type CommandId };

/** Every act, total over the words for them: one without words, or words without an act, do not compile. */
const definitions: Record<CommandId, Definition> = {
  open: {
    group: 'file',
    keys: [{ key: 'o', ctrl: true }],
    able: ({ session }) => !session.importing,
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
  jobs: {
    group: 'file',
    keys: [{ key: 'j', ctrl: true }],
    able: always,
    run: (workspace) => (workspace.sheet = 'jobs'),
  },
  find: {
    group: 'file',
    keys: [{ key: 'Enter', ctrl: true }],
    able: canFind,
    run: ({ session }) => void session.find(),
  },
  analyseAnyway: {
    group: 'file',
    keys: [{ key: 'a', ctrl: true, shift: true }],
    able: isSpeechless,
    run: ({ session }) => session.material && void session.analyseAnyway(session.material.id),
  },
  transcribe: {
    group: 'file',
    keys: [{ key: 't', ctrl: true }],
    able: canTranscribe,
    run: (workspace) => (workspace.sheet = 'transcribe'),
  },
  pause: {
    group: 'file',
    keys: [{ key: '.', ctrl: true }],
    able: isWorking,
    run: ({ session }) => void session.pauseOrResume(),
  },
  cancel: {
    group: 'file',
    keys: [{ key: 'x', ctrl: true, shift: true }],
    able: canCancel,
    run: ({ session }) => void cancelWork(session),
  },
  relink: {
    group: 'file',
    keys: [{ key: 'l', ctrl: true, shift: true }],
    able: ({ session }) => session.material?.missing === true,
    run: ({ session }) => session.material && void session.relink(session.material.id),
  },
  removeVideo: {
    group: 'file',
    keys: [{ key: 'Delete', ctrl: true, shift: true }],
    able: hasMaterial,
    run: ({ session }) =>
      session.material && void session.edit({ kind: 'removeMaterial', material: session.material.id }),
  },
  export: {
    group: 'file',
    keys: [{ key: 'e', ctrl: true }],
    able: canExport,
    run: (workspace) => (workspace.sheet = 'export'),
  },
  projects: {
    group: 'file',
    keys: [{ key: 'p', ctrl: true }],
    able: always,
    run: (workspace) => (workspace.sheet = 'projects'),
  },
  newProject: {
    group: 'file',
    keys: [{ key: 'n', ctrl: true }],
    able: hasMaterial,
    run: ({ session }) => void session.newProject(),
  },
  rename: {
    group: 'file',
    keys: [{ key: 'F2' }],
    able: hasMaterial,
    run: (workspace) => (workspace.sheet = 'rename'),
  },
  saveAs: {
    group: 'file',
    keys: [{ key: 's', ctrl: true, shift: true }],
    able: hasMaterial,
    run: (workspace) => (workspace.sheet = 'saveAs'),
  },
  exportProject: {
    group: 'file',
    keys: [{ key: 's', ctrl: true }],
    able: hasMaterial,
    run: ({ session }) => void session.exportProject(),
  },
  importProject: {
    group: 'file',
    keys: [{ key: 'p', ctrl: true, shift: true }],
    able: always,
    run: ({ session }) => void session.importProject(),
  },
  undo: {
    group: 'file',
    keys: [{ key: 'z', ctrl: true }],
    repeats: true,
    able: ({ session }) => session.snapshot?.undo != null,
    run: ({ session, turns }) => void turns.take(() => session.undo()),
  },
  redo: {
    group: 'file',
    keys: [
      { key: 'z', ctrl: true, shift: true },
      { key: 'y', ctrl: true },
    ],
    repeats: true,
    able: ({ session }) => session.snapshot?.redo != null,
    run: ({ session, turns }) => void turns.take(() => session.redo()),
  },
  history: {
    group: 'file',
    keys: [{ key: 'h', ctrl: true }],
    able: ({ session }) => session.snapshot?.undo != null || session.snapshot?.redo != null,
    run: (workspace) => (workspace.sheet = 'history'),
  },
  settings: {
    group: 'file',
    keys: [{ key: ',', ctrl: true }],
    able: always,
    run: (workspace) => (workspace.sheet = 'settings'),
  },
  palette: {
    group: 'file',
    keys: [{ key: 'k', ctrl: true }],
    able: always,
    run: (workspace) => (workspace.sheet = 'palette'),
  },
  keys: { group: 'file', keys: [{ key: '?' }], able: always, run: (workspace) => (workspace.sheet = 'keys') },

  ...playing,
  ...ranges,
  ...view,
  ...library,
};

/** In the order in which they are listed. */
export const commands: Command[] = (Object.keys(definitions) as CommandId[]).map((id) => command(id));

export function command(id: CommandId): Command {
  return { id, words: words.commands[id], ...definitions[id] };
}
