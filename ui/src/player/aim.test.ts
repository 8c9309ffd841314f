import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Aim, aimAt, isUneven, measure, measureBySight, type Look, type Try } from './aim';

/** Five frames 40 ms apart, then a hole of 240 ms, over and over. */
const times = Float64Array.from({ length: 100 }, (_, n) => n * 40_000 + Math.floor(n / 5) * 200_000);

/** What GStreamer shows at a place when it takes every frame for so long. */
const shownAt = (time: number, takenFor: number) => times.findIndex((begins) => begins + takenFor > time);

/** Says when the frame is shown as WebKitGTK does: not before the place sought, counted from elsewhere. */
const gstreamer =
  (takenFor: number): Try =>
  async (time) =>
    Math.max(times[shownAt(time, takenFor)] ?? 0, time) + 80_000;

/** Shows it only, as pictures that differ in one pixel. */
const silent =
  (takenFor: number): Look =>
  async (time) => [7, shownAt(time, takenFor), 7];

const lengths = [1_000, 20_000, 40_000, 78_000, 200_000];
const ways = [
  ...lengths.map((length) => ({ length, how: 'said', find: () => measure(times, gstreamer(length)) })),
  ...lengths.map((length) => ({ length, how: 'seen', find: () => measureBySight(times, silent(length)) })),
];

describe('frames whose distances vary', () => {
  it.each(ways)('are hit where each is taken for $length us, as is $how', async ({ length, find }) => {
    const found = await find();
    expect(found).not.toBeNull();
    const hit = Array.from(times, (_, index) => shownAt(aimAt(index, times, found!), length));
    expect(hit).toEqual(Array.from(times, (_, index) => index));
  });

  it('are sought at their middle where the web view shows what is asked for, or says nothing', async () => {
    const exact: Try = async (time) => times.findLast((begins) => begins <= time) ?? 0;
    expect(await measure(times, exact)).toBeNull();
    expect(await measure(times, async () => null)).toBeNull();
  });

  it('are sought at their middle where nothing can be seen, or frames look alike', async () => {
    expect(await measureBySight(times, async () => null)).toBeNull();
    expect(await measureBySight(times, async () => [1, 2, 3])).toBeNull();
    const exact: Look = async (time) => [times.findLast((begins) => begins <= time) ?? 0];
    expect(await measureBySight(times, exact)).toBeNull();
  });

  it('are told from those of one rate, rounded as they may be', () => {
    expect(isUneven(times)).toBe(true);
    expect(isUneven(Float64Array.from([0, 42_000, 83_000, 125_000]))).toBe(false);
    expect(isUneven(Float64Array.from([0, 40_000, 120_000]))).toBe(true);
  });
});

/** A web view that shows the frame of the last seek once more before that of the next, each said a little late. */
class LateVideo extends EventTarget {
  #last = 80_000;
  #listeners = new Map<number, (now: number, frame: { mediaTime: number }) => void>();
  #numbers = 0;

  set currentTime(seconds: number) {
    const time = Math.round(seconds * 1_000_000);
    const [before, shown] = [this.#last, Math.max(times[shownAt(time, 40_000)] ?? 0, time) + 80_000];
    this.#last = shown;
    setTimeout(() => this.#present(before), 4);
    setTimeout(() => this.dispatchEvent(new Event('seeked')), 20);
    setTimeout(() => this.#present(shown), 60);
  }

  requestVideoFrameCallback(listener: (now: number, frame: { mediaTime: number }) => void): number {
    this.#listeners.set(++this.#numbers, listener);
    return this.#numbers;
  }

  cancelVideoFrameCallback(number: number): void {
    this.#listeners.delete(number);
  }

  #present(frame: number): void {
    const listeners = [...this.#listeners.values()];
    this.#listeners.clear();
    for (const listener of listeners) listener(0, { mediaTime: frame / 1_000_000 });
  }
}

describe('a web view that is late', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('HTMLVideoElement', LateVideo);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('is asked until the frame that it shows is that of the seek', async () => {
    const aim = new Aim();
    aim.learn(times);
    const measured = aim.measure(new LateVideo() as unknown as HTMLVideoElement);
    await vi.advanceTimersByTimeAsync(60_000);
    await measured;
    const hit = Array.from(times, (begins) => shownAt(aim.place(begins, times, Infinity) * 1_000_000, 40_000));
    expect(hit).toEqual(Array.from(times, (_, index) => index));
  });

  it('is left alone as soon as that is given up, and asked again later', async () => {
    const [aim, element] = [new Aim(), new LateVideo()];
    const seeks = vi.spyOn(element, 'currentTime', 'set');
    aim.learn(times);
    const measured = aim.measure(element as unknown as HTMLVideoElement);
    await vi.advanceTimersByTimeAsync(100);
    aim.giveUp();
    const asked = seeks.mock.calls.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await measured, 'it did not come to its end').toBe(false);
    expect(seeks.mock.calls.length, 'nothing more is sought').toBe(asked);
    expect(aim.unmeasured).toBe(true);
    const again = aim.measure(element as unknown as HTMLVideoElement);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await again).toBe(true);
    expect(shownAt(aim.place(times[7]!, times, Infinity) * 1_000_000, 40_000)).toBe(7);
  });
});
