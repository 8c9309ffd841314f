import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PATIENCE } from './after-seek';
import { Player } from './player.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A video that is shown, and whose first seek is under way. */
function sought() {
  const element = document.createElement('video');
  let seeking = true;
  Object.defineProperty(element, 'seeking', { get: () => seeking });
  const play = vi.spyOn(element, 'play').mockResolvedValue();
  const player = new Player();
  const release = player.attach(element);
  player.show({ material: 1, duration: 60_000_000, rate: null, url: 'video.mp4' });
  player.loaded();
  const arrive = (another = false) => {
    seeking = another;
    element.dispatchEvent(new Event('seeked'));
  };
  return { player, play, arrive, release };
}

it('begins to play when the seek under way has ended', () => {
  const { player, play, arrive, release } = sought();
  player.toggle();
  expect(player.speed, 'it is about to play').toBe(1);
  expect(play).not.toHaveBeenCalled();
  arrive(true);
  expect(play, 'another seek has followed at once').not.toHaveBeenCalled();
  arrive();
  expect(play).toHaveBeenCalledOnce();
  arrive();
  vi.advanceTimersByTime(PATIENCE);
  expect(play, 'once is enough').toHaveBeenCalledOnce();
  release();
});

it('begins to play though a seek does not end', () => {
  const { player, play, release } = sought();
  player.toggle();
  vi.advanceTimersByTime(PATIENCE);
  expect(play).toHaveBeenCalledOnce();
  release();
});

it('is told once more to play when a seek ends that was too long to be waited for', () => {
  const { player, play, arrive, release } = sought();
  player.toggle();
  vi.advanceTimersByTime(PATIENCE);
  arrive();
  expect(play, 'what was told during the seek may be forgotten').toHaveBeenCalledTimes(2);
  arrive();
  expect(play).toHaveBeenCalledTimes(2);
  release();
});

it('does not begin to play when it was paused meanwhile', () => {
  const { player, play, arrive, release } = sought();
  player.toggle();
  player.toggle();
  arrive();
  vi.advanceTimersByTime(PATIENCE);
  expect(play).not.toHaveBeenCalled();
  release();
});

it('forgets a video that is let go', () => {
  const { player, play, release } = sought();
  player.toggle();
  release();
  vi.advanceTimersByTime(PATIENCE);
  expect(play).not.toHaveBeenCalled();
});
