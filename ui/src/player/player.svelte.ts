import type { FrameRate, Micros, Stretch } from '../ipc/bindings';
import { aimAt, isUneven, measure, trier, type TakenFor } from './aim';
import { frameAt, frameStart, lastFrame, seekTarget, stepFrames, type FrameClock } from './frames';
import { otherSpeed, shuttle, type ShuttleKey, type Speed } from './shuttle';
import { Loudness } from './sound.svelte';

export type Phase = 'empty' | 'loading' | 'ready' | 'failed';

/** What is shown: a material and, once it can be played, its address. */
export type Subject = { material: number; duration: Micros; rate: FrameRate | null; url: string | null };

/** How long nothing is sought before the picture is asked for once more, in milliseconds. */
const REST = 150;
/** Far enough for a web view to take it as another place, and inside the frame still: seconds. */
const NUDGE = 0.001;

/**
 * Drives the one video element. Its time is the material's, in microseconds: while it stands still, the time that was
 * asked for; while it plays, the element's.
 */
export class Player {
  time = $state(0);
  speed = $state<Speed>(0);
  /** The speed that playing begins with; its pitch is kept. */
  rate = $state<Speed>(1);
  duration = $state<Micros>(0);
  phase = $state<Phase>('empty');
  loop = $state(false);
  /** The stretch being played, to stop at its end or to loop; null plays on. */
  playing = $state.raw<Stretch | null>(null);
  readonly loudness = new Loudness();
  #subject: Subject | null = null;
  /** The beginning of each frame, once that is known. */
  #times: Float64Array | null = null;
  /** How long the web view takes frames for, once that was found out. */
  #takenFor: TakenFor = null;
  /** Finding that out is still to be done, or under way. */
  #unmeasured = false;
  #measuring = $state(false);
  #element: HTMLVideoElement | null = null;
  #frame = 0;
  /** What follows the stretch being played, instead of a rest. */
  #then: (() => void) | null = null;
  /** What waits for the material to be playable. */
  #whenReady: (() => void) | null = null;
  /** Whether the time has moved on during a seek. */
  #stale = false;
  #resting: ReturnType<typeof setTimeout> | undefined;
  /** Whether the picture of the last seek was asked for a second time. */
  #settled = false;
  /** The clock of playing backwards, which no web view does by itself. */
  #last = 0;

  /** When frames are shown. */
  get clock(): FrameClock {
    return this.#times ?? this.#subject?.rate ?? null;
  }

  /** An attachment for the video element; detaching lets go of the media. */
  attach = (element: HTMLVideoElement): (() => void) => {
    this.#element = element;
    this.#load();
    return () => {
      this.pause();
      clearTimeout(this.#resting);
      release(element);
      this.#element = null;
    };
  };

  /** An attachment beside the first one: the element is as loud as was chosen. */
  sound = (element: HTMLVideoElement): void => {
    element.volume = this.loudness.volume;
    element.muted = this.loudness.muted;
  };

  /** Shows another material from its beginning. The same one keeps its place, also while its preview is being prepared. */
  show(subject: Subject | null): void {
    const before = this.#subject;
    this.#subject = subject;
    this.duration = subject?.duration ?? 0;
    if (subject?.material === before?.material && subject?.url === before?.url) return;
    this.pause();
    if (subject?.material !== before?.material) {
      this.time = 0;
      this.#times = null;
    }
    // Another file is packed in another way.
    this.#takenFor = null;
    this.#unmeasured = false;
    this.#load();
  }

  /** Takes the beginning of each frame of a material, where that is the one shown. What is shown may be another frame by that. */
  learn(material: number, times: Float64Array | null): void {
    if (this.#subject?.material !== material) return;
    this.#times = times;
    this.#unmeasured = times !== null && isUneven(times);
    if (this.speed === 0) this.#sync();
  }

  /** True when the picture is one that was asked for. */
  get shows(): boolean {
    return this.phase === 'ready' && !this.#measuring;
  }

  loaded = (): void => {
    this.phase = 'ready';
    this.#sync();
    const waiting = this.#whenReady;
    this.#whenReady = null;
    waiting?.();
  };

  sought = (): void => {
    if (this.#measuring) return;
    if (this.#stale) this.#sync();
    else if (!this.#settled) this.#resting = setTimeout(this.#settle, REST);
  };

  failed = (): void => {
    if (this.#subject?.url) this.phase = 'failed';
    this.pause();
  };

  retry(): void {
    this.#load();
  }

  seek(time: Micros): void {
    const last = frameStart(lastFrame(this.clock, this.duration), this.clock);
    this.time = Math.min(Math.max(0, Math.round(time)), Math.max(0, last));
    this.#sync();
  }

  /** Steps stop playing: they are for finding an exact frame. */
  step(frames: number): void {
    this.pause();
    this.seek(stepFrames(this.time, frames, this.clock, this.duration));
  }

  toggle(): void {
    if (this.speed !== 0) return this.pause();
    if (this.time >= this.duration - 100_000) this.seek(0);
    this.#end();
    this.#run(this.rate);
  }

  pause(): void {
    this.#end();
    this.#run(0);
  }

  /** Stopping by key also brings back the usual speed. */
  key(key: ShuttleKey): void {
    this.#end();
    if (key === 'stop') this.rate = 1;
    this.#run(shuttle(this.speed, key));
  }

  /** Chooses how fast it plays, also while it does. */
  setRate(rate: Speed): void {
    this.rate = rate;
    if (this.speed > 0) this.#run(rate);
  }

  changeRate(way: -1 | 1): void {
    this.setRate(otherSpeed(this.speed > 0 ? this.speed : this.rate, way));
  }

  /** Plays a stretch; `then` follows at its end instead of a rest, and is forgotten when anything else comes between. */
  playStretch(stretch: Stretch, then: (() => void) | null = null): void {
    this.seek(stretch.start);
    this.#run(this.rate);
    this.playing = stretch;
    this.#then = then;
  }

  /** Does something as soon as the material can be played; now, when it can be. Nothing when anything else comes between. */
  whenReady(act: () => void): void {
    if (this.phase === 'ready') act();
    else this.#whenReady = act;
  }

  #end(): void {
    this.playing = null;
    this.#then = null;
    this.#whenReady = null;
  }

  #load(): void {
    const element = this.#element;
    if (!element) return;
    release(element);
    const url = this.#subject?.url;
    this.phase = url ? 'loading' : 'empty';
    if (!url) return;
    element.src = url;
    element.load();
  }

  #run(speed: Speed): void {
    const element = this.#element;
    const able = element !== null && this.phase === 'ready';
    this.speed = able ? speed : 0;
    cancelAnimationFrame(this.#frame);
    if (!able) return;
    if (speed > 0) {
      element.preservesPitch = true;
      element.playbackRate = speed;
      element.play().catch(() => this.#run(0));
    } else {
      element.pause();
    }
    this.#last = performance.now();
    if (speed !== 0) this.#frame = requestAnimationFrame(this.#follow);
  }

  #follow = (now: number): void => {
    const element = this.#element;
    if (!element) return;
    if (this.speed < 0) this.#stepBack(now);
    else if (!element.seeking) this.time = Math.min(this.duration, Math.round(element.currentTime * 1_000_000));
    this.#last = now;
    const end = this.playing?.end ?? this.duration;
    if (this.speed > 0 && (this.time >= end || element.ended)) return this.#reachEnd(end);
    if (this.speed < 0 && this.time <= 0) return this.pause();
    this.#frame = requestAnimationFrame(this.#follow);
  };

  #stepBack(now: number): void {
    this.time = Math.max(0, Math.round(this.time + this.speed * (now - this.#last) * 1000));
    this.#sync();
  }

  #reachEnd(end: Micros): void {
    const stretch = this.playing;
    if (this.#then) return this.#then();
    if (stretch && this.loop) return this.playStretch(stretch);
    this.pause();
    if (stretch) this.seek(end);
  }

  /** WebKitGTK loses the picture of a seek that closely follows another, and stays black until it seeks again. */
  #settle = (): void => {
    const element = this.#element;
    if (!element || this.phase !== 'ready' || this.speed !== 0 || element.seeking) return;
    if (this.#unmeasured && this.#times) return void this.#measure(element, this.#times);
    this.#settled = true;
    const place = this.#place();
    // At the very beginning of a file a frame may be taken for no longer than a millisecond.
    element.currentTime = place + (place === 0 ? NUDGE / 5 : NUDGE);
  };

  /** Seconds to seek to for the frame at the present time. */
  #place(): number {
    const [times, takenFor] = [this.#times, this.#takenFor];
    if (!times || takenFor === null) return seekTarget(this.time, this.clock);
    const end = this.#element?.duration;
    const place = aimAt(frameAt(this.time, times), times, takenFor) / 1_000_000;
    return Math.max(0, Math.min(place, Number.isFinite(end) ? (end ?? 0) - 2 * NUDGE : Infinity));
  }

  /** Finds out how the web view counts, while nothing else is asked of it. */
  async #measure(element: HTMLVideoElement, times: Float64Array): Promise<void> {
    this.#unmeasured = false;
    if (!('requestVideoFrameCallback' in element)) return;
    this.#measuring = true;
    const takenFor = await measure(times, trier(element));
    this.#measuring = false;
    if (this.#times !== times || this.#element !== element) return;
    this.#takenFor = takenFor;
    if (this.speed === 0) this.#sync();
  }

  #sync(): void {
    const element = this.#element;
    clearTimeout(this.#resting);
    this.#settled = false;
    if (!element || this.phase !== 'ready' || this.#measuring) return;
    // A seek under way is left to end: piling up more would show nothing at all while the hand moves.
    this.#stale = element.seeking;
    if (!this.#stale) element.currentTime = this.#place();
  }
}

/** A web view keeps a connection for each element that still names a source. */
function release(element: HTMLVideoElement): void {
  element.pause();
  element.removeAttribute('src');
  element.load();
}
