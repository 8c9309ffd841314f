import { expect, it, vi } from 'vitest';
import { Player } from './player.svelte';

const subject = { material: 1, duration: 10_000_000, rate: null, url: 'http://127.0.0.1:1/a.mp4' };

function mounted() {
  const element = document.createElement('video');
  vi.spyOn(element, 'load').mockImplementation(() => undefined);
  vi.spyOn(element, 'play').mockResolvedValue();
  vi.spyOn(element, 'pause').mockImplementation(() => undefined);
  const player = new Player();
  const release = player.attach(element);
  return { element, player, release };
}

it('lets go of the media when the element goes and when another material is shown', () => {
  const { element, player, release } = mounted();
  player.show(subject);
  expect(element.getAttribute('src')).toBe(subject.url);
  player.show({ ...subject, material: 2, url: null });
  expect(element.hasAttribute('src'), 'no preview, no source').toBe(false);
  player.show(subject);
  release();
  expect(element.hasAttribute('src')).toBe(false);
});

it('keeps its place when only the preview of the same material becomes ready', () => {
  const { player } = mounted();
  player.show({ ...subject, url: null });
  player.seek(4_000_000);
  player.show(subject);
  expect(player.time).toBe(4_000_000);
  player.loaded();
  expect(player.phase).toBe('ready');
});

it('plays only what can be played', () => {
  const { player } = mounted();
  player.toggle();
  expect(player.speed).toBe(0);
  player.show(subject);
  player.loaded();
  player.toggle();
  expect(player.speed).toBe(1);
  player.failed();
  expect(player.speed).toBe(0);
  expect(player.phase).toBe('failed');
});

it('never moves the playhead outside the material', () => {
  const { player } = mounted();
  player.show(subject);
  player.seek(-5);
  expect(player.time).toBe(0);
  player.seek(99_000_000);
  expect(player.time).toBe(9_960_000);
});

it('shows the frame anew once the times of frames are known', () => {
  const { element, player } = mounted();
  player.show(subject);
  player.loaded();
  const asked = vi.spyOn(element, 'currentTime', 'set');
  player.learn(2, Float64Array.from([0, 10_000]));
  expect(asked, 'times of another material').not.toHaveBeenCalled();
  player.learn(1, Float64Array.from([0, 10_000, 500_000]));
  expect(asked).toHaveBeenLastCalledWith(0.005);
});

it('goes on with what follows a stretch, at the speed that was chosen', () => {
  const { element, player } = mounted();
  player.show(subject);
  player.loaded();
  player.setRate(2);
  const then = vi.fn();
  player.playStretch({ start: 1_000_000, end: 2_000_000 }, then);
  expect([player.speed, element.playbackRate]).toEqual([2, 2]);
  player.toggle();
  expect(player.playing, 'anything else ends it').toBeNull();
  player.key('stop');
  expect(player.rate, 'stopping brings back the usual speed').toBe(1);
});

it('asks once more for the picture it came to rest at', () => {
  vi.useFakeTimers();
  const { element, player, release } = mounted();
  const asked = vi.spyOn(element, 'currentTime', 'set');
  player.show(subject);
  player.loaded();
  player.seek(4_000_000);
  player.sought();
  vi.runAllTimers();
  player.sought();
  vi.runAllTimers();
  const times = asked.mock.calls.map(([time]) => time);
  expect(times.slice(-2)).toEqual([4.02, 4.021]);
  expect(times, 'loading, seeking, resting').toHaveLength(3);
  player.seek(5_000_000);
  player.sought();
  release();
  vi.runAllTimers();
  expect(asked, 'nothing is asked of an element that is gone').toHaveBeenCalledTimes(4);
  vi.useRealTimers();
});
