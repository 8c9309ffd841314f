import { SECOND } from '../../time/timecode';
import type { Material, Range, Snapshot, Strategy, WireError } from '../bindings';
import { inventRanges } from './measure';

const SCENES = [
  'empty',
  /** Addresses are being read before anything is open. */
  'importing',
  'ready',
  'analysing',
  'done',
  'failed',
  'exporting',
  'interrupted',
  'remote',
  /** Half-way through judging. */
  'judged',
  /** Clips of an earlier export wait for their bucket. */
  'uploads',
  'uploading',
  /** An export to a bucket ended with clips that could not be sent. */
  'uploadFailed',
  'nearlyFull',
  'noBuckets',
  'libraryEmpty',
  'libraryFailed',
  /** The library was damaged when the program started. */
  'libraryDamaged',
  /** No model that transcribes speech is installed. */
  'noSpeechModel',
  /** A model in each of its states. */
  'modelStates',
  /** No server answers. */
  'noNetwork',
  /** Every model is there. */
  'installed',
] as const;
export type Scene = (typeof SCENES)[number];

export function sceneFromAddress(search: string): Scene {
  const wanted = new URLSearchParams(search).get('scene');
  return SCENES.find((scene) => scene === wanted) ?? 'empty';
}

export const strategy: Strategy = {
  count: 5,
  clipDuration: 15 * SECOND,
  enableActionRecognition: true,
  customActions: ['goal', 'cheer', 'laugh'],
  allowSpeechless: false,
};

const base: Omit<Material, 'id' | 'name' | 'path' | 'duration' | 'sizeBytes'> = {
  remote: false,
  missing: false,
  container: 'mov,mp4',
  video: { codec: 'h264', width: 1920, height: 1080, frameRate: { numerator: 25, denominator: 1 } },
  audio: [{ index: 1, codec: 'aac', channels: 2, sampleRate: 48_000, language: null }],
  subtitles: 'none',
  voice: 'unknown',
  allowSpeechless: false,
  analysis: { state: 'none' },
  transcription: { state: 'none' },
  transcriptLanguage: null,
  playback: { state: 'none' },
  sound: null,
  ranges: [],
  markers: [],
  corrections: [],
  notices: [],
};

const interview: Material = {
  ...base,
  id: 1,
  name: 'Harbour interview.mp4',
  path: '/footage/Harbour interview.mp4',
  duration: 124 * SECOND,
  sizeBytes: 96_300_000,
  subtitles: 'sidecar',
  voice: 'heard',
  playback: { state: 'ready', url: '' },
};

const match: Material = {
  ...base,
  id: 2,
  name: 'County final, second half, camera B.mov',
  path: '/footage/County final, second half, camera B.mov',
  duration: 2_892 * SECOND,
  sizeBytes: 8_410_000_000,
  voice: 'heard',
  video: { codec: 'prores', width: 3840, height: 2160, frameRate: { numerator: 50, denominator: 1 } },
  playback: { state: 'preparing' },
};

const market: Material = {
  ...base,
  id: 3,
  name: 'Night market b-roll.mkv',
  path: '/footage/Night market b-roll.mkv',
  duration: 201 * SECOND,
  sizeBytes: 512_000_000,
  container: 'matroska',
  voice: 'notHeard',
  video: { codec: 'hevc', width: 3840, height: 2160, frameRate: { numerator: 24_000, denominator: 1001 } },
};

export const speechless: WireError = {
  code: 'speechless',
  message: 'This video has neither subtitles nor a human voice.',
  path: market.path,
};

const damaged: WireError = {
  code: 'libraryDamaged',
  message: 'The library is damaged (file is not a database).',
  path: '/data/damaged-1/library.sqlite',
};

const crashed: WireError = {
  code: 'workerCrashed',
  message: 'The analysing process ended with signal 11 at 12:41.',
  path: match.path,
};

const remoteMaterials: Material[] = [
  {
    ...interview,
    id: 4,
    name: 'lighthouse-keeper.mp4',
    path: 'https://media.example.org/footage/2026/coast/lighthouse-keeper.mp4',
    remote: true,
    subtitles: 'none',
  },
  {
    ...market,
    id: 5,
    name: 'regatta.mov',
    path: 's3://coast-archive/rushes/regatta.mov',
    remote: true,
    voice: 'unknown',
    analysis: {
      state: 'failed',
      error: {
        code: 'remoteForbidden',
        message: 'The server answered 403. Check that the keys of the bucket may read it.',
        path: 's3://coast-archive/rushes/regatta.mov',
      },
    },
  },
];

/** The materials that an import brings, one after the other. */
export const arrivals = [interview, match, market];

export function firstSnapshot(scene: Scene): Snapshot {
  const empty: Snapshot = {
    revision: 1,
    projectId: 'open',
    projectName: '',
    strategy,
    materials: [],
    undo: null,
    redo: null,
    importing: null,
    finding: false,
    transcribing: false,
    working: false,
    paused: false,
    interrupted: false,
    interruptedTranscription: null,
    exporting: null,
    waitingUploads: 0,
  };
  const done = (material: Material, firstId: number): Material => ({
    ...material,
    analysis: { state: 'done' },
    ranges: inventRanges(material, strategy, firstId),
  });
  switch (scene) {
    case 'empty':
    case 'libraryDamaged':
      return empty;
    case 'importing':
      return { ...empty, importing: { current: remoteMaterials[0]?.path ?? '', done: 1, all: 3 } };
    case 'ready':
      return { ...empty, projectName: 'Coast series', materials: arrivals, undo: 'addMaterials' };
    case 'analysing':
      return {
        ...empty,
        projectName: 'Coast series',
        finding: true,
        undo: 'find',
        materials: [
          done(interview, 1),
          { ...match, analysis: { state: 'running', stage: 'analysing' } },
          { ...market, voice: 'unknown', analysis: { state: 'waiting' } },
        ],
      };
    case 'failed':
      return {
        ...empty,
        projectName: 'Coast series',
        undo: 'find',
        materials: [
          { ...market, analysis: { state: 'failed', error: speechless } },
          { ...match, analysis: { state: 'failed', error: crashed } },
          { ...done(interview, 1), missing: true },
        ],
      };
    case 'interrupted':
      return {
        ...empty,
        projectName: 'Coast series',
        interrupted: true,
        materials: [done(interview, 1), match, market],
      };
    case 'remote':
      return { ...empty, projectName: 'Coast series', materials: [done(interview, 1), ...remoteMaterials] };
    case 'uploads':
      return { ...firstSnapshot('done'), waitingUploads: 2 };
    case 'judged': {
      const snapshot = firstSnapshot('done');
      return { ...snapshot, undo: 'dropRange', materials: snapshot.materials.map(judged) };
    }
    case 'uploading':
    case 'uploadFailed':
    case 'nearlyFull':
    case 'noBuckets':
    case 'libraryEmpty':
    case 'libraryFailed':
    case 'noSpeechModel':
    case 'modelStates':
    case 'noNetwork':
    case 'installed':
      return firstSnapshot('done');
    case 'done':
    case 'exporting':
      return {
        ...empty,
        projectName: 'Coast series',
        undo: 'trimRange',
        materials: [
          done(interview, 1),
          { ...done(match, 11), notices: [{ kind: 'fewerThanAsked', asked: 8, found: 5 }] },
          { ...done(market, 21), allowSpeechless: true, playback: { state: 'ready', url: '' } },
        ],
      };
  }
}

/** What the shell says of itself and of this machine. */
export function atStart(scene: Scene) {
  return {
    setback: scene === 'libraryDamaged' ? damaged : null,
    version: '0.1.0',
    sampleAvailable: true,
    paintsChangesOnly: false,
    exportFolder: '/videos/clips',
    exportTemplate: '{media}-{index}.mp4',
  };
}

/** The first and the third kept, the second dropped; the first with words of the editor's. */
function judged(material: Material): Material {
  const ranges = material.ranges.map((range, place): Range => {
    if (place === 0)
      return { ...range, judgement: 'kept', title: 'Nets in winter', note: 'Opens the film. Fade the gulls in early.' };
    if (place > 2) return range;
    return { ...range, judgement: place === 1 ? 'dropped' : 'kept' };
  });
  return { ...material, ranges };
}
