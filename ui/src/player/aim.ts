import type { Micros } from '../ipc/bindings';
import { frameAt, seekTarget, type FrameClock } from './frames';
import { trier, viewer } from './trial';

/**
 * How long the web view takes every frame of a file for, whatever their distances are; null where each is taken for as long as it is.
 *
 * GStreamer shows the first frame whose beginning plus one length lies behind the place that was sought. The length comes from what the
 * encoder or the container says of the rate, or is a mean: no file tells which, so that it is found by trying.
 */
export type TakenFor = Micros | null;

/** Frames whose distances differ by more than this share are not of one rate: times that are rounded to milliseconds are. */
const UNEVEN = 1.2;
/** What a web view says of a time may be rounded by so much, in microseconds. */
const ROUNDING = 500;
/** So long before the end of a file there is certainly a frame, in seconds. */
const BEFORE_END = 0.002;
/** Far enough for a web view to take it as another place, and inside the frame still: seconds. */
const NUDGE = 0.001;
/** More trials than halving the longest distance takes. */
const MOST_TRIALS = 24;

/** True when frames lie so unevenly that their middles need not show them. */
export function isUneven(times: Float64Array): boolean {
  const { shortest, longest } = distances(times);
  return longest > shortest * UNEVEN;
}

/** Where to seek for frame `index`, in microseconds: in the middle between the places where it begins and ceases to be shown. */
export function aimAt(index: number, times: Float64Array, takenFor: Micros): Micros {
  const begins = times[index] ?? 0;
  if (index === 0) return begins;
  return begins + takenFor - (begins - (times[index - 1] ?? 0)) / 2;
}

/** A seek and what the web view showed then: microseconds, null when it does not say. */
export type Try = (time: Micros) => Promise<Micros | null>;

/** A seek and the picture that is seen then; null when there is none. */
export type Look = (time: Micros) => Promise<ArrayLike<number> | null>;

/** Finds out how long frames are taken for, by asking for places in the longest one; null where their middles will do. */
export async function measure(times: Float64Array, attempt: Try): Promise<TakenFor> {
  // What is said may count from elsewhere; the first frame tells from where.
  const origin = await attempt(0);
  if (origin === null) return null;
  return halve(times, async (sought) => {
    const said = await attempt(sought);
    if (said === null) return null;
    const shown = said - origin;
    if (shown > sought + ROUNDING) return true;
    // This web view tells when the frame began, and so shows the one that was asked for.
    return shown < sought - 3 * ROUNDING ? null : false;
  });
}

/** Finds out the same by what is seen, where the web view does not say what it shows; null, too, where two frames look alike. */
export async function measureBySight(times: Float64Array, look: Look): Promise<TakenFor> {
  const { longest, place } = distances(times);
  const begins = times[place] ?? 0;
  const before = await look(begins);
  const after = await look(begins + longest);
  if (!before || !after || isSame(before, after)) return null;
  return halve(times, async (sought) => {
    const seen = await look(sought);
    return seen && isSame(seen, after);
  });
}

/** Halves the longest distance until it is known from where on the next frame is shown; null when it never is, or is not known. */
async function halve(times: Float64Array, passes: (sought: Micros) => Promise<boolean | null>): Promise<TakenFor> {
  const { shortest, longest, place } = distances(times);
  const begins = times[place] ?? 0;
  let [low, high] = [0, longest];
  let passed = false;
  for (let trial = 0; trial < MOST_TRIALS && high - low > shortest / 2; trial++) {
    const middle = (low + high) / 2;
    const next = await passes(begins + middle);
    if (next === null) return null;
    passed ||= next;
    if (next) high = middle;
    else low = middle;
  }
  return passed ? (low + high) / 2 : null;
}

function isSame(one: ArrayLike<number>, other: ArrayLike<number>): boolean {
  return one.length === other.length && Array.prototype.every.call(one, (value, index) => value === other[index]);
}

/** Where one file has to be sought so that the web view shows a certain frame of it. */
export class Aim {
  /** What is known of the frames of the file. */
  #times: Float64Array | null = null;
  #takenFor: TakenFor = null;
  /** Whether it is still to be found out how long frames are taken for. */
  unmeasured = false;
  #trial: AbortController | null = null;

  /** Takes the beginning of each frame; null where they are not known, as of another file. */
  learn(times: Float64Array | null): void {
    this.giveUp();
    this.#times = times;
    this.#takenFor = null;
    this.unmeasured = times !== null && isUneven(times) && 'requestVideoFrameCallback' in HTMLVideoElement.prototype;
  }

  /** Seconds to seek to for the frame at `time`. */
  place(time: Micros, clock: FrameClock, end: number): number {
    const [times, takenFor] = [this.#times, this.#takenFor];
    if (!times || takenFor === null) return seekTarget(time, clock);
    const place = aimAt(frameAt(time, times), times, takenFor) / 1_000_000;
    return Math.max(0, Number.isFinite(end) ? Math.min(place, end - BEFORE_END) : place);
  }

  /** Seconds to seek to for the same frame once more, where a web view did not show it. */
  placeBeside(time: Micros, clock: FrameClock, end: number): number {
    const place = this.place(time, clock, end);
    // At the very beginning of a file a frame may be taken for no longer than a millisecond.
    return place + (place === 0 ? NUDGE / 5 : NUDGE);
  }

  /**
   * Finds out how the web view counts; nothing else may be asked of the element meanwhile, unless that is given up. Answers whether it
   * came to its end.
   */
  async measure(element: HTMLVideoElement): Promise<boolean> {
    const times = this.#times;
    this.unmeasured = false;
    if (!times) return true;
    const trial = new AbortController();
    this.#trial = trial;
    const unlessOver =
      <Found>(attempt: (time: Micros) => Promise<Found | null>) =>
      async (time: Micros) =>
        trial.signal.aborted ? null : attempt(time);
    const [ask, look] = [unlessOver(trier(element)), unlessOver(viewer(element))];
    // WebKitGTK says nothing of frames that no graphics card puts on the screen.
    const takenFor = (await ask(0)) === null ? await measureBySight(times, look) : await measure(times, ask);
    if (trial.signal.aborted) return false;
    [this.#takenFor, this.#trial] = [takenFor, null];
    return true;
  }

  /** Leaves what is being found out for another time. */
  giveUp(): void {
    if (!this.#trial) return;
    this.#trial.abort();
    this.#trial = null;
    this.unmeasured = true;
  }
}

/** The shortest and the longest distance, and which frame the longest one follows. */
function distances(times: Float64Array) {
  let [shortest, longest, place] = [Infinity, 0, 0];
  for (let index = 1; index < times.length; index++) {
    const distance = (times[index] ?? 0) - (times[index - 1] ?? 0);
    shortest = Math.min(shortest, distance);
    if (distance > longest) [longest, place] = [distance, index - 1];
  }
  return { shortest, longest, place };
}
