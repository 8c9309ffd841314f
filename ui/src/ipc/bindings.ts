// The vocabulary of the wire between the shell and the page. Every time is an integer number of microseconds.

export type Micros = number;

export type Strategy = {
  /** Highlights wanted from each material, 1 to 10. */
  count: number;
  /** Wanted length of a highlight, 3 to 60 s. */
  clipDuration: Micros;
  enableActionRecognition: boolean;
  customActions: string[];
  allowSpeechless: boolean;
};

export type Snapshot = {
  revision: number;
  projectName: string;
  strategy: Strategy;
  materials: Material[];
  /** What undoing would take back, null when there is nothing. */
  undo: EditName | null;
  /** What redoing would do again, null when there is nothing. */
  redo: EditName | null;
  /** True while highlights are being looked for. */
  finding: boolean;
  /** True when the last run of the application ended in the middle of a job. */
  interrupted: boolean;
  exporting: ExportView | null;
};

export type EditName =
  | 'addMaterials'
  | 'removeMaterial'
  | 'setStrategy'
  | 'find'
  | 'allowSpeechless'
  | 'moveRange'
  | 'trimRange'
  | 'addRange'
  | 'removeRange';

export type Material = {
  id: number;
  name: string;
  path: string;
  /** True when the file is no longer where it was. */
  missing: boolean;
  duration: Micros;
  sizeBytes: number;
  container: string;
  video: VideoView | null;
  audio: AudioView[];
  subtitles: SubtitlesView;
  voice: Voice;
  allowSpeechless: boolean;
  analysis: Analysis;
  playback: Playback;
  ranges: Range[];
  notices: Notice[];
};

export type SubtitlesView = 'none' | 'sidecar' | 'embedded';

export type Voice = 'unknown' | 'heard' | 'notHeard';

export type VideoView = { codec: string; width: number; height: number; frameRate: FrameRate | null };

export type AudioView = { codec: string; channels: number; sampleRate: number; language: string | null };

/** Frames a second as a fraction. */
export type FrameRate = { numerator: number; denominator: number };

export type Analysis =
  | { state: 'none' }
  | { state: 'waiting' }
  | { state: 'running'; stage: Stage }
  | { state: 'done' }
  | { state: 'cancelled' }
  | { state: 'failed'; error: WireError };

export type Stage = 'probing' | 'analysing' | 'choosing' | 'exporting' | 'preparing';

export type Playback =
  { state: 'ready'; url: string } | { state: 'preparing' } | { state: 'none' } | { state: 'failed'; error: WireError };

export type Range = {
  id: number;
  start: Micros;
  end: Micros;
  /** 0 to 1; null when the range was added by hand. */
  score: number | null;
  tags: string[];
  reasons: Reason[];
  origin: Origin;
};

export type Origin = 'found' | 'edited' | 'added';

export type Reason = {
  signal: Signal;
  /** The share of this video in which the signal is weaker than at this peak, 0 to 1. */
  strength: number;
  at: Micros;
};

export type Signal = 'loudness' | 'voice' | 'onset' | 'motion' | 'cutRate' | 'words';

export type Notice =
  | { kind: 'fewerThanAsked'; asked: number; found: number }
  | { kind: 'nothingFound' }
  | { kind: 'shorterThanClip' }
  | { kind: 'actionsNotRecognised'; actions: string[] };

export type EditCommand =
  | { kind: 'setStrategy'; strategy: Strategy }
  | { kind: 'addRange'; material: number; start: Micros; end: Micros }
  | { kind: 'setRange'; material: number; range: number; start: Micros; end: Micros }
  | { kind: 'removeRange'; material: number; range: number }
  | { kind: 'removeMaterial'; material: number }
  | { kind: 'allowSpeechless'; material: number };

export type Refusal = { path: string; error: WireError };

export type Imported = { snapshot: Snapshot; refused: Refusal[] };

export type EvidenceView = {
  cuts: Micros[];
  speech: SpeechView[];
  silences: Stretch[];
  interest: Interest;
};

/** Values from 0 to 1; value `i` describes `[i * hop, (i + 1) * hop)`. */
export type Interest = { hop: Micros; values: number[] };

export type SpeechView = { start: Micros; end: Micros; text: string | null };

/** Half-open: the end is the first instant after it. */
export type Stretch = { start: Micros; end: Micros };

export type RangeKey = { material: number; range: number };

export type ExportRequest = { ranges: RangeKey[]; folder: string; template: string; overwrite: boolean };

export type ExportPlan = { clips: PlannedClip[]; faults: WireError[]; freeBytes: number | null };

export type PlannedClip = { material: number; range: number; path: string; exists: boolean };

export type ExportView = { finished: boolean; clips: ExportClip[] };

export type ExportClip = { material: number; range: number; path: string; state: ClipState };

export type ClipState =
  | { state: 'waiting' }
  | { state: 'running' }
  | { state: 'written' }
  | { state: 'cancelled' }
  | { state: 'failed'; error: WireError };

export type Event =
  | { type: 'snapshot'; snapshot: Snapshot }
  | { type: 'progress'; sequence: number; items: ProgressItem[] }
  | { type: 'refused'; refused: Refusal[] };

export type ProgressItem = {
  subject: ProgressSubject;
  stage: Stage;
  /** The share done, 0 to 1. */
  fraction: number;
  remaining: Micros | null;
};

export type ProgressSubject =
  { kind: 'material'; material: number } | { kind: 'preview'; material: number } | { kind: 'clip'; index: number };

export type Bootstrap = {
  snapshot: Snapshot;
  version: string;
  sampleAvailable: boolean;
  exportFolder: string;
  exportTemplate: string;
};

export type WireError = { code: Code; message: string; path: string | null };

export type Code =
  | 'fileNotFound'
  | 'fileUnreadable'
  | 'notMedia'
  | 'noPictureOrSound'
  | 'unsupportedCodec'
  | 'tooManyMaterials'
  | 'tooLong'
  | 'alreadyImported'
  | 'emptyMedia'
  | 'speechless'
  | 'workerCrashed'
  | 'workerHung'
  | 'workerOutOfMemory'
  | 'diskFull'
  | 'folderNotWritable'
  | 'targetExists'
  | 'templateInvalid'
  | 'rangeInvalid'
  | 'libraryFailed'
  | 'materialMissing'
  | 'materialChanged'
  | 'nothingToExport'
  | 'busy'
  | 'encodeFailed'
  | 'invalidRequest'
  | 'internal';
