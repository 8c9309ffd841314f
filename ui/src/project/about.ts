import type { Bootstrap } from '../ipc/bindings';

/** What the shell says of itself and of this machine. */
export type About = Omit<Bootstrap, 'snapshot'>;

/** Before the shell has answered. */
export const NOTHING_YET: About = {
  setback: null,
  version: '',
  sampleAvailable: false,
  paintsChangesOnly: false,
  exportFolder: '',
  exportTemplate: '',
  keys: [],
  export: {
    target: { kind: 'folder', folder: '' },
    options: { width: null, height: null, codec: 'h264', rate: { kind: 'crf', value: 23 }, register: false },
    presets: [],
    unavailableCodecs: [],
  },
};
