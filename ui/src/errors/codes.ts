import type { Code, WireError } from '../ipc/bindings';
import { language, words } from '../words';

/** What the window offers beside the words, where it can do something about an error. */
export type Remedy = 'analyseAnyway' | 'findAgain' | 'relink' | 'remove' | 'chooseFolder' | null;

/** Total on purpose: a new code does not compile until the window knows what to offer. */
const remedies: Record<Code, Remedy> = {
  fileNotFound: 'remove',
  fileUnreadable: 'remove',
  notMedia: 'remove',
  mediaDamaged: 'remove',
  noPictureOrSound: 'remove',
  unsupportedCodec: 'remove',
  tooManyMaterials: null,
  tooLong: null,
  alreadyImported: null,
  emptyMedia: 'remove',
  speechless: 'analyseAnyway',
  workerCrashed: 'findAgain',
  workerHung: 'findAgain',
  workerOutOfMemory: 'findAgain',
  diskFull: 'chooseFolder',
  folderNotWritable: 'chooseFolder',
  targetExists: null,
  templateInvalid: null,
  rangeInvalid: null,
  libraryFailed: null,
  libraryDamaged: null,
  libraryNewer: null,
  libraryUnreadable: null,
  lastProjectUnreadable: null,
  projectUnreadable: null,
  projectUnknown: null,
  materialMissing: 'relink',
  materialChanged: 'remove',
  nothingToExport: null,
  busy: null,
  encodeFailed: null,
  remoteForbidden: 'remove',
  remoteNotFound: 'remove',
  remoteWithoutRanges: 'remove',
  remoteInterrupted: 'findAgain',
  remoteUnreachable: 'findAgain',
  assetUnknown: null,
  containerUnsuitable: null,
  encoderMissing: null,
  bucketDenied: null,
  bucketMissing: null,
  bucketWrongRegion: null,
  bucketChecksums: null,
  bucketUnreachable: null,
  bucketFailed: null,
  objectExists: null,
  uploadInterrupted: null,
  secretsUnavailable: null,
  modelUnknown: null,
  modelDamaged: null,
  processorUnsuitable: null,
  modelMissing: null,
  transcriptionFailed: null,
  downloadFailed: null,
  downloadInterrupted: null,
  nothingAlike: null,
  nothingToSnapTo: null,
  invalidRequest: null,
  internal: null,
};

/** Failures of which the engine says more than fixed words can: what it found in the file. */
const TELLING: Code[] = ['mediaDamaged', 'unsupportedCodec'];

export type ErrorWords = {
  title: string;
  next: string;
  remedy: Remedy;
  path: string | null;
  detail: string | null;
  /** What happened and what to do next, where nothing else names it. */
  told: string;
};

/**
 * An error in the words of the window; the engine's own message, which knows the case at hand and is English, is its detail where
 * English is read.
 */
export function describe(error: WireError): ErrorWords {
  const { title, next } = words.errors[error.code];
  const detail = error.message === '' || language !== 'en' ? null : error.message;
  const telling = TELLING.includes(error.code) ? detail : null;
  return {
    title,
    next: telling ?? next,
    remedy: remedies[error.code],
    path: error.path,
    detail,
    told: telling ?? words.told(title, next),
  };
}

/** Whatever a failed call threw, as an error of the wire. */
export function asWireError(thrown: unknown): WireError {
  if (isWireError(thrown)) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'internal', message, path: null };
}

function isWireError(value: unknown): value is WireError {
  return typeof value === 'object' && value !== null && 'code' in value && String(value.code) in remedies;
}
