import type { ModelKind } from '../../ipc/bindings';
import { plural } from '../grammar';

/** Settings: the models that can be installed. */
export const modelsWords = {
  settings: {
    title: 'Settings',
    language: 'Language',
    languageNote: 'The window is loaded again; the project stays as it is.',
  },

  models: {
    /** What a model is called, what it is for and how quick it is, by its id: the catalogue says all of it in English. */
    name: (_model: string, english: string) => english,
    purpose: (_model: string, english: string) => english,
    speed: (english: string) => english,
    title: 'Models',
    intro:
      'Models let Standout hear and see more. They run on this machine. Nothing is downloaded until you ask for it, and each file is checked before it is used.',
    groups: {
      finds: {
        title: 'Find more',
        note: 'Each adds evidence of its own. All are small and quick but the one that sees what pictures show.',
      },
      writes: {
        title: 'Write down speech',
        note: 'One is enough. Larger ones make fewer mistakes and take longer.',
      },
    },
    kinds: {
      soundEvents: 'Sound events',
      voice: 'Voice detection',
      faces: 'Faces',
      speech: 'Speech to text',
      pictureText: 'What pictures show',
    } satisfies Record<ModelKind, string>,
    loading: 'Looking for models…',
    failed: 'The models cannot be listed',
    facts: (size: string, licence: string) => `${size} · ${licence}`,
    noLicence: 'licence not stated',
    traits: (languages: string, speed: string) => `${languages} · ${speed}`,
    page: 'Web page',
    pageOf: (name: string) => `Web page of ${name}`,
    states: {
      installed: 'Installed',
      listed: 'In a folder of yours',
      listedNote: (path: string) => `Found through STANDOUT_MODELS. Standout leaves that folder alone: ${path}`,
      damaged: 'Damaged',
      damagedNote: (path: string) => `The file is not what was published: ${path}`,
      damagedImportNote: (path: string) => `The file is not what was imported. Import the folder again: ${path}`,
      kept: (percent: number) => `${percent}\u00a0% arrived`,
      starting: 'Connecting…',
    },
    progress: (percent: number, remaining: string) =>
      remaining === '' ? `${percent}\u00a0%` : `${percent}\u00a0% · ${remaining}`,
    progressOf: (name: string) => `How much of ${name} is here`,
    tryingAgain: (reason: string) => `Trying again: ${reason}`,
    download: 'Download',
    downloadOf: (name: string) => `Download ${name}`,
    resume: 'Resume',
    again: 'Download again',
    cancel: 'Cancel',
    cancelOf: (name: string) => `Cancel ${name}`,
    remove: 'Remove…',
    removeOf: (name: string) => `Remove ${name}…`,
    removeQuestion: (size: string) => `Remove ${size} from this machine?`,
    removeConfirm: 'Remove',
    import: 'Import file…',
    importFolder: 'Import folder…',
    importFolderNote:
      'For an encoder of pictures and words of your own: vision_model.onnx, text_model.onnx and their tokenizer. It is tried before it is used.',
    importing: 'Importing…',
    importNote: 'No network here? Get a file from its web page on another machine and import it.',
    installed: (count: number) => `${plural(count, 'model')} ready`,
    /** In the panel that starts a search. */
    soundEventsOff: (name: string) => `Sound events are off: install ${name} in`,
    soundEventsLink: 'Settings',
  },
};
