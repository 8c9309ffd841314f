import type { Micros, Stretch } from '../ipc/bindings';
import { AfterSeek } from './after-seek';
import { Early } from './early';
import { play, release, take } from './element';
import { frameStart, lastBefore, lastFrame, stepFrames, type FrameClock } from './frames';
import { Picture } from './picture.svelte';
import { otherSpeed, shuttle, type ShuttleKey, type Speed } from './shuttle';
import { Loudness } from './sound.svelte';
import { Still } from './still.svelte';
import { Watch, type Phase, type Subject } from './subject';
import { Hand } from '../painting/hand.svelte';

/** What lies so near the end is taken for it. */
const ALMOST = 100_000;

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
  readonly still = new Still();
  #subject: Subject | null = null;
  /** The beginning of each frame, once that is known. */
  #times: Float64Array | null = null;
  readonly #picture = new Picture(() => this.#wanted());
  readonly #watch = new Watch();
  readonly #afterSeek = new AfterSeek();
  /** What is shown until the copy for the player is there. */
  #early: Early | null = null;
  #element: HTMLVideoElement | null = null;
  #frame = 0;
  /** What follows the stretch being played, instead of a rest. */
  #then: (() => void) | null = null;
  /** What waits for the material to be playable. */
  #whenReady: (() => void) | null = null;
  /** The clock of playing backwards, which no web view does by itself. */
  #last = 0;
  readonly #hand: Hand;
  /** A hand has moved the time, and the picture has not followed yet. */
  #behind = false;

  constructor(hand = new Hand()) {
    this.#hand = hand;
    hand.onBeat(() => this.#beat());
  }

  /** When frames are shown. */
  get clock(): FrameClock {
    return this.#times ?? this.#subject?.rate ?? null;
  }

  /** An attachment for the video element; detaching lets go of the media. */
  attach = (element: HTMLVideoElement): (() => void) => {
    this.#element = element;
    this.load();
    return () => {
      this.pause();
      this.#picture.end();
      this.#watch.end();
      release(element);
      this.#element = null;
    };
  };

  /** Shows another material from its beginning. The same one keeps its place, also while its preview is being prepared. */
  show(subject: Subject | null): void {
    const before = this.#subject;
    this.#subject = subject;
    this.duration = subject?.duration ?? 0;
    const same = subject?.material === before?.material;
    if (same && subject?.url === before?.url && !subject?.begin === !before?.begin) return;
    // Where the copy takes over, it goes on as it was, to the end of the same stretch.
    const speed = same && this.#early ? this.speed : 0;
    const [waiting, playing, then] = [same ? this.#whenReady : null, this.playing, this.#then];
    this.pause();
    if (!same) {
      this.time = 0;
      this.#times = null;
    }
    this.#picture.learn(null);
    this.load();
    this.#whenReady = speed === 0 ? waiting : () => this.#run(speed);
    if (this.#whenReady) [this.playing, this.#then] = [playing, then];
  }

  /** Takes the beginning of each frame of a material, where that is the one shown. What is shown may be another frame by that. */
  learn(material: number, times: Float64Array | null): void {
    if (this.#subject?.material !== material) return;
    this.#times = times;
    this.#picture.learn(times);
    if (this.speed === 0) this.#sync();
  }

  /** True when the picture is one that was asked for. */
  get shows(): boolean {
    return this.phase === 'ready' && !this.#picture.measuring;
  }

  loaded = (): void => {
    this.#watch.end();
    this.phase = 'ready';
    if (!this.#early) this.#sync();
    else if (this.speed > 0) this.#run(this.speed);
    const waiting = this.#whenReady;
    this.#whenReady = null;
    waiting?.();
  };

  sought = (): void => {
    this.#picture.sought();
    const element = this.#element;
    if (element && this.still.shown) this.#hand.alone(() => this.still.draw(element));
  };

  failed = (): void => {
    this.pause();
    if (this.#subject?.url) void this.#refuse('failed');
  };

  /** Asks for a copy of what the web view does not show; `otherwise` when that is a copy already. */
  async #refuse(otherwise: Phase): Promise<void> {
    this.#watch.end();
    const { url, refuse } = this.#subject ?? {};
    this.phase = refuse ? 'loading' : otherwise;
    const follows = await refuse?.().catch(() => false);
    if (!follows && this.#subject?.url === url && this.phase === 'loading') this.phase = otherwise;
  }

  seek(time: Micros): void {
    const last = frameStart(lastFrame(this.clock, this.duration), this.clock);
    this.time = Math.min(Math.max(0, Math.round(time)), Math.max(0, last));
    this.#behind = this.#hand.holds;
    if (!this.#behind) this.#sync();
  }

  /** Steps stop playing: they are for finding an exact frame. */
  step(frames: number): void {
    this.pause();
    this.seek(stepFrames(this.time, frames, this.clock, this.duration));
  }

  toggle(): void {
    if (this.speed !== 0 || this.#whenReady) return this.pause();
    if (this.time >= this.duration - ALMOST) this.seek(0);
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

  load(): void {
    const element = this.#element;
    if (!element) return;
    release(element);
    this.#early?.end();
    this.#early = null;
    const { url, begin } = this.#subject ?? {};
    this.phase = url || begin ? 'loading' : 'empty';
    this.#watch.end();
    if (url) {
      take(element, url);
      this.#watch.begin(() => void this.#refuse('loading'));
    } else if (begin) {
      this.#early = new Early(begin, (url) => this.#element && take(this.#element, url));
      void this.#early.want(this.time);
    }
  }

  #run(speed: Speed): void {
    const element = this.#element;
    const able = element !== null && this.phase === 'ready';
    const played = this.speed > 0;
    this.speed = able ? speed : 0;
    cancelAnimationFrame(this.#frame);
    // Whoever wants to play does not have to wait for the first picture.
    if (!able && speed > 0 && this.phase === 'loading') this.#whenReady = () => this.#run(speed);
    if (!able) return;
    if (speed !== 0) this.#picture.giveWay();
    if (speed > 0) {
      element.preservesPitch = true;
      element.playbackRate = speed;
      this.#afterSeek.act(element, () => play(element, () => this.#run(0)));
    } else {
      this.#afterSeek.forget();
      element.pause();
      if (played) this.#rest(element);
    }
    this.#last = performance.now();
    if (speed !== 0) this.#frame = requestAnimationFrame(this.#follow);
  }

  /** Takes the element's time, unless that is about to change. */
  #read(element: HTMLVideoElement): void {
    if (element.seeking || this.#early?.waits) return;
    const time = (this.#early?.start ?? 0) + Math.round(element.currentTime * 1_000_000);
    this.time = Math.min(this.duration, time);
  }

  /** What is shown when playing ends is the very frame of the time: a web view may be a frame or two behind. */
  #rest(element: HTMLVideoElement): void {
    this.#read(element);
    if (!this.#early && !element.ended) this.#sync();
  }

  #follow = (now: number): void => {
    const element = this.#element;
    if (!element) return;
    if (this.speed < 0) this.#stepBack(now);
    else this.#read(element);
    this.#last = now;
    const end = this.playing?.end ?? this.duration;
    const more = this.#early && this.time < this.duration - ALMOST;
    if (this.speed > 0 && (this.time >= end || (element.ended && !more))) return this.#reachEnd(end);
    if (element.ended && more && !this.#early?.waits) this.#sync();
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
    if (stretch) this.seek(lastBefore(end, this.clock));
  }

  #wanted() {
    const [element, { time, clock }] = [this.#element, this];
    return element && !this.#early && this.phase === 'ready' ? { element, time, clock, still: this.speed === 0 } : null;
  }

  /** The picture follows the hand. */
  #beat(): void {
    if (!this.#hand.holds) this.still.end();
    if (!this.#behind) return;
    if (this.#hand.holds && this.#element && this.shows && !this.#early) this.still.begin(this.#element);
    this.#sync();
  }

  #sync(): void {
    this.#behind = false;
    if (this.#early) void this.#early.want(this.time);
    else this.#picture.show();
  }
}
