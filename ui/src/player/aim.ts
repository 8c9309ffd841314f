import type { Micros } from '../ipc/bindings';
import { frameAt, seekTarget, type FrameClock } from './frames';

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
/** How long a web view may take to show a frame that was asked for, in milliseconds. */
const PATIENCE = 1_000;
/** Nothing new for so long, in milliseconds: the frame that is shown is the one that was sought. */
const CALM = 100;
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

/** Finds out how long frames are taken for, by asking for places in the longest one; null where their middles will do. */
export async function measure(times: Float64Array, attempt: Try): Promise<TakenFor> {
  const { shortest, longest, place } = distances(times);
  const begins = times[place] ?? 0;
  // What is said may count from elsewhere; the first frame tells from where.
  const origin = await attempt(0);
  if (origin === null) return null;
  let [low, high] = [0, longest];
  let passed = false;
  for (let trial = 0; trial < MOST_TRIALS && high - low > shortest / 2; trial++) {
    const sought = begins + (low + high) / 2;
    const said = await attempt(sought);
    if (said === null) return null;
    const shown = said - origin;
    if (shown > sought + ROUNDING) {
      passed = true;
      high = sought - begins;
    } else if (shown < sought - 3 * ROUNDING) {
      // This web view tells when the frame began, and so shows the one that was asked for.
      return null;
    } else low = sought - begins;
  }
  return passed ? (low + high) / 2 : null;
}

/** Where one file has to be sought so that the web view shows a certain frame of it. */
export class Aim {
  /** What is known of the frames of the file. */
  #times: Float64Array | null = null;
  #takenFor: TakenFor = null;
  /** Whether it is still to be found out how long frames are taken for. */
  unmeasured = false;

  /** Takes the beginning of each frame; null where they are not known, as of another file. */
  learn(times: Float64Array | null): void {
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

  /** Finds out how the web view counts; nothing else may be asked of the element meanwhile. */
  async measure(element: HTMLVideoElement): Promise<void> {
    const times = this.#times;
    this.unmeasured = false;
    if (!times) return;
    const takenFor = await measure(times, trier(element));
    if (this.#times === times) this.#takenFor = takenFor;
  }
}

/**
 * Seeks a video element, and tells what it says of the frame that it shows then: the last one before it is calm, since the frame of an
 * earlier seek may still come after this one was asked for.
 */
function trier(element: HTMLVideoElement): Try {
  return (time) =>
    new Promise((resolve) => {
      let [said, sought]: [Micros | null, boolean] = [null, false];
      let [told, calm]: [number, ReturnType<typeof setTimeout> | undefined] = [0, undefined];
      const end = () => {
        element.removeEventListener('seeked', arrive);
        element.cancelVideoFrameCallback(told);
        clearTimeout(limit);
        clearTimeout(calm);
        resolve(sought ? said : null);
      };
      const wait = () => {
        clearTimeout(calm);
        if (sought && said !== null) calm = setTimeout(end, CALM);
      };
      const listen = () => {
        told = element.requestVideoFrameCallback((_now, { mediaTime }) => {
          said = mediaTime * 1_000_000;
          listen();
          wait();
        });
      };
      const arrive = () => {
        sought = true;
        wait();
      };
      const limit = setTimeout(end, PATIENCE);
      element.addEventListener('seeked', arrive, { once: true });
      listen();
      element.currentTime = time / 1_000_000;
    });
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
