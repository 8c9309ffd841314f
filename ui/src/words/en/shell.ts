import type { EditName } from '../../ipc/bindings';

/** The frame of the window: top bar, start screen, banners, keys. */
export const shellWords = {
  product: 'Standout',

  close: 'Close',

  cancel: 'Cancel',

  dismiss: 'Dismiss',
  back: 'Back',

  loading: 'Opening the project…',

  failedToOpen: 'The project could not be opened',

  tryAgain: 'Try again',

  top: {
    project: 'Project',
    newProject: 'New project…',
    untitled: 'Untitled project',
    undo: 'Undo',
    redo: 'Redo',
    undoWhat: (edit: string) => `Undo ${edit}`,
    redoWhat: (edit: string) => `Redo ${edit}`,
    theme: 'Theme',
    themes: { system: 'As the system', dark: 'Dark', light: 'Light' },
    keys: 'Keys',
    export: 'Export…',
    exporting: (done: number, all: number) => `Exporting ${done} of ${all}`,
    exportFinished: 'Export finished',
    library: 'Media library…',
    address: 'Open address…',
    settings: 'Settings…',
  },

  newProject: {
    title: 'Start a new project?',
    text: 'The materials, ranges and undo steps of this project leave the window. Your video files stay as they are.',
    confirm: 'Start new project',
  },

  edits: {
    addMaterials: 'add videos',
    removeMaterial: 'remove video',
    setStrategy: 'change settings',
    find: 'find highlights',
    allowSpeechless: 'analyse anyway',
    moveRange: 'move range',
    trimRange: 'trim range',
    addRange: 'add range',
    removeRange: 'remove range',
  } satisfies Record<EditName, string>,

  start: {
    title: 'Drop your videos here',
    text: 'Standout watches and listens to each one, finds the moments that stand out, and lets you adjust and export them as clips.',
    open: 'Open…',
    sample: 'Try the sample',
    limits: 'Up to five videos, two hours in all.',
    paste: 'A copied path or address can be pasted too.',
    address: 'Open address…',
    privacy: 'Everything stays on this machine, unless you export to a bucket.',
    drop: 'Drop to add',
    dropNote: 'Up to five videos, two hours in all',
    adding: 'Reading…',
  },

  refusals: {
    title: (count: number) => (count === 1 ? 'One file was not added' : `${count} files were not added`),
  },

  interrupted: {
    text: 'Standout was closed while it was looking for highlights. What was already measured is kept.',
    resume: 'Resume',
  },

  uploads: {
    text: (count: number) =>
      count === 1
        ? 'One clip waits to be uploaded to its bucket.'
        : `${count} clips wait to be uploaded to their bucket.`,
    resume: 'Resume',
    discard: 'Discard…',
    question: (count: number) => (count === 1 ? 'Discard the waiting clip?' : `Discard ${count} waiting clips?`),
    consequence:
      'They leave this machine without having reached their bucket. Your videos and ranges stay, so they can be exported again.',
    confirm: 'Discard',
  },

  keySheet: {
    title: 'Keys',
    groups: { file: 'Project', play: 'Playing', range: 'Ranges', view: 'Timeline' },
  },

  commands: {
    open: 'Open videos',
    openAddress: 'Open addresses',
    library: 'Media library',
    export: 'Export clips',
    find: 'Find highlights',
    undo: 'Undo',
    redo: 'Redo',
    settings: 'Settings',
    keys: 'Show all keys',
    playPause: 'Play or pause',
    shuttleBack: 'Play backwards, again for faster',
    shuttleStop: 'Stop, back to normal speed',
    shuttleForward: 'Play, again for faster',
    frameBack: 'One frame back',
    frameForward: 'One frame on',
    tenFramesBack: 'Ten frames back',
    tenFramesForward: 'Ten frames on',
    toBeginning: 'Go to the beginning',
    toEnd: 'Go to the end',
    playRange: 'Play the selected range',
    loop: 'Loop the selected range',
    setIn: 'Set in point at the playhead',
    setOut: 'Set out point at the playhead',
    toIn: 'Go to the in point',
    toOut: 'Go to the out point',
    previousRange: 'Previous highlight',
    nextRange: 'Next highlight',
    addRange: 'New range at the playhead',
    removeRange: 'Remove the selected range',
    fit: 'Show the whole video',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    snapping: 'Snap to cuts and playhead',
  },
};
