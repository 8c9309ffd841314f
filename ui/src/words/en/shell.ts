import type { EditName } from '../../ipc/bindings';
import { plural } from '../grammar';

/** The frame of the window: top bar, start screen, banners, keys. */
export const shellWords = {
  product: 'Standout',

  seconds: (count: string) => `${count} s`,

  close: 'Close',

  cancel: 'Cancel',

  dismiss: 'Dismiss',
  back: 'Back',

  /** Two sentences: what happened, and what to do next. */
  told: (title: string, next: string) => `${title}. ${next}`,

  loading: 'Opening the project…',

  failedToOpen: 'The project could not be opened',

  tryAgain: 'Try again',

  top: {
    project: 'Project',
    newProject: 'New project',
    projects: 'Projects…',
    rename: 'Rename…',
    saveAs: 'Save a copy as…',
    exportProject: 'Save to a file…',
    importProject: 'Open from a file…',
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
    exportPaused: (done: number, all: number) => `Export paused at ${done} of ${all}`,
    exportFinished: 'Export finished',
    exportEnded: (done: number, all: number) => `Exported ${done} of ${all}`,
    library: 'Media library…',
    address: 'Open address…',
    settings: 'Settings…',
  },

  projects: {
    title: 'Projects',
    recent: 'Recent projects',
    intro:
      'Every project is kept as it is edited. A file carries one to another machine; its videos are found there again.',
    unnamed: 'Untitled project',
    isOpen: 'Open now',
    facts: (videos: number, length: string) => (videos === 0 ? 'No videos' : `${plural(videos, 'video')} · ${length}`),
    at: (day: string, time: string) => `${day}, ${time}`,
    edited: (when: string) => `Edited ${when}`,
    duplicate: 'Duplicate',
    copyOf: (name: string) => `${name} copy`,
    remove: 'Remove…',
    removeQuestion: (name: string) => `Remove ${name}? Its ranges and notes go. Your video files stay.`,
    removeConfirm: 'Remove',
    loading: 'Reading the projects…',
    failed: 'The projects cannot be read',
    empty: 'No project yet. The first one begins when you open a video.',
    all: 'All projects…',
    renameTitle: 'Rename the project',
    saveAsTitle: 'Save a copy of the project',
    saveAsText: 'You go on in the copy. The project itself stays as it is now.',
    name: 'Name',
    rename: 'Rename',
    saveAs: 'Save copy',
    saved: 'The project is in a file',
  },

  history: {
    title: 'History',
    intro: 'Choose a step to go back to it, or forward again. What was undone stays until the next edit.',
    place: (title: string, time: string) => (title === '' ? time : `“${title}”, ${time}`),
    beginning: 'Opened',
    now: 'Now',
    loading: 'Reading the steps…',
    failed: 'The steps cannot be read',
  },

  dialogs: {
    openVideos: 'Open videos',
    relink: 'Where the video lies now',
    importModel: 'Import a model',
    importModelFolder: 'Import a folder with a model',
    openProject: 'Open a project',
    saveProject: 'Save the project to a file',
    saveSubtitles: 'Save the words as subtitles',
    clipsFolder: 'Choose a folder for the clips',
    videos: 'Videos',
    models: 'Models',
    projects: 'Projects',
    subtitles: 'Subtitles',
    allFiles: 'All files',
  },

  palette: {
    title: 'Commands',
    search: 'Search commands',
    none: 'No command is called so. Try another word.',
    unable: 'Not possible now',
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
    findOthers: 'find others',
    keepRange: 'keep highlight',
    dropRange: 'drop highlight',
    undecideRange: 'undecide highlight',
    setTitle: 'change title',
    setNote: 'change note',
    rename: 'rename project',
    addMarker: 'mark place',
    moveMarker: 'move marker',
    nameMarker: 'name marker',
    removeMarker: 'remove marker',
    findAlike: 'more like this',
    snapRange: 'snap range',
    compareSnapping: 'compare snapping',
    correctWords: 'correct words',
    restoreWords: 'words as heard',
    recover: 'what was restored',
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
    reading: (name: string) => `Reading ${name}`,
    readingCount: (place: number, all: number) => `${place} of ${all}`,
  },

  refusals: {
    title: (count: number) => (count === 1 ? 'One file was not added' : `${count} files were not added`),
  },

  interrupted: {
    text: 'Standout was closed while it was looking for highlights. What was already measured is kept.',
    resume: 'Resume',
  },

  recovered: {
    text: 'Standout ended unexpectedly the last time. What you did until then was restored.',
    undo: 'Undo all of it',
  },

  interruptedTranscription: {
    text: 'Standout was closed while it was writing down what is said. Videos that were done are kept.',
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
    consequence: (count: number): string =>
      count === 1
        ? 'It leaves this machine without having reached its bucket. Your videos and ranges stay, so it can be exported again.'
        : 'They leave this machine without having reached their bucket. Your videos and ranges stay, so they can be exported again.',
    confirm: 'Discard',
  },

  keySheet: {
    title: 'Keys',
    intro: 'Press a key’s button to give the command another one.',
    groups: {
      file: 'Project',
      play: 'Playing',
      range: 'Ranges',
      judge: 'Judging',
      view: 'Timeline',
      library: 'Media library',
    },
    change: (command: string, key: string) => `${command}: ${key}. Change the key`,
    none: 'None',
    press: 'Press a key…',
    reset: (command: string) => `Give ${command} its usual key again`,
    resetAll: 'Reset all keys',
    reserved: 'Escape, Tab and the keys beside them move the focus and close what is open. Choose another key.',
    taken: (key: string, by: string) => `${key} is the key of “${by}”. Choose another, or change that one first.`,
  },
};
