import type { Micros } from '../ipc/bindings';
import { Aim } from './aim';
import type { FrameClock } from './frames';

/** How long nothing is sought before the picture is asked for once more, in milliseconds. */
const REST = 150;

/** What the element has to show; it stands still unless it is being played. */
export type Wanted = { element: HTMLVideoElement; time: Micros; clock: FrameClock; still: boolean };

/** Brings the picture of a time into the video element. */
export class Picture {
  readonly #aim = new Aim();
  /** Null while nothing can be sought. */
  readonly #wanted: () => Wanted | null;
  #measuring = $state(false);
  /** Whether the time has moved on since the seek under way began. */
  #stale = false;
  #resting: ReturnType<typeof setTimeout> | undefined;
  /** Whether the picture of the last seek was asked for a second time. */
  #settled = false;

  constructor(wanted: () => Wanted | null) {
    this.#wanted = wanted;
  }

  /** Whether the web view is asked how it counts: what it shows meanwhile is not what was asked for. */
  get measuring(): boolean {
    return this.#measuring;
  }

  /** Takes the beginning of each frame; null where they are not known. */
  learn(times: Float64Array | null): void {
    this.#aim.learn(times);
    this.#measuring = false;
  }

  /** Lets the element be played: what the web view is being asked waits for the next rest, and the picture is that of the time again. */
  giveWay(): void {
    const wanted = this.#wanted();
    if (!this.#measuring || !wanted) return;
    this.#aim.giveUp();
    this.#measuring = false;
    const { element, time, clock } = wanted;
    // Not after the seek under way, which leads elsewhere.
    element.currentTime = this.#aim.place(time, clock, element.duration);
  }

  /** Nothing is to be done by itself any more. */
  end(): void {
    clearTimeout(this.#resting);
    this.#settled = false;
  }

  /** Shows what is wanted now. */
  show(): void {
    this.end();
    const wanted = this.#wanted();
    if (!wanted || this.#measuring) return;
    const { element, time, clock } = wanted;
    // A seek under way is left to end: piling up more would show nothing at all while the hand moves.
    this.#stale = element.seeking;
    if (!this.#stale) element.currentTime = this.#aim.place(time, clock, element.duration);
  }

  /** A seek has ended. */
  sought(): void {
    if (this.#measuring) return;
    if (this.#stale) this.show();
    else if (!this.#settled) this.#resting = setTimeout(this.#settle, REST);
  }

  /** WebKitGTK loses the picture of a seek that closely follows another, and stays black until it seeks again. */
  #settle = (): void => {
    const wanted = this.#wanted();
    if (!wanted?.still || wanted.element.seeking) return;
    const { element, time, clock } = wanted;
    if (this.#aim.unmeasured) return void this.#measure(element);
    this.#settled = true;
    element.currentTime = this.#aim.placeBeside(time, clock, element.duration);
  };

  async #measure(element: HTMLVideoElement): Promise<void> {
    this.#measuring = true;
    // A picture that cannot be looked at tells nothing.
    const ended = await this.#aim.measure(element).catch(() => true);
    if (!ended) return;
    this.#measuring = false;
    if (this.#wanted()?.still) this.show();
  }
}
