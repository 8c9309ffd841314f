import { describe, expect, it } from 'vitest';
import type { VideoView } from '../ipc/bindings';
import { exportDefaults } from '../ipc/fake/export';
import { resulting, resultingOfAll, sizeChoice, withSize, type SizeChoice } from './sizes';

type Sides = { width: number | null; height: number | null };
const video = (width: number, height: number): VideoView => ({ codec: 'h264', width, height, frameRate: null });
const sides = (width: number | null, height: number | null): Sides => ({ width, height });

describe('sizes', () => {
  it.each<[Sides, SizeChoice]>([
    [sides(null, null), 'source'],
    [sides(null, 1080), '1080'],
    [sides(null, 1082), 'custom'],
    [sides(1280, null), 'custom'],
    [sides(1920, 1080), 'custom'],
  ])('%j is listed as %s', (given, choice) => expect(sizeChoice(given)).toBe(choice));

  it('keep the figures when custom is chosen, so that they can be changed', () => {
    const options = { ...exportDefaults.options, height: 720 };
    expect(withSize(options, 'custom')).toEqual(options);
    expect(withSize(options, 'source')).toMatchObject(sides(null, null));
    expect(withSize(options, '480')).toMatchObject(sides(null, 480));
  });

  it.each<[Sides, VideoView, [number, number, larger: boolean]]>([
    [sides(null, null), video(1920, 1080), [1920, 1080, false]],
    [sides(null, 720), video(1920, 1080), [1280, 720, false]],
    [sides(null, 480), video(1920, 1080), [854, 480, false]],
    [sides(null, 1080), video(1080, 1920), [608, 1080, false]],
    [sides(1000, null), video(1440, 1080), [1000, 750, false]],
    [sides(null, 2160), video(1920, 1080), [3840, 2160, true]],
    [sides(640, 640), video(1920, 1080), [640, 640, false]],
  ])('%j makes of %j what the encoder will', (given, source, [width, height, larger]) =>
    expect(resulting(given, source)).toEqual({ width, height, larger }),
  );

  it('are told once for all videos where they agree', () => {
    expect(resultingOfAll(sides(null, 720), [video(1920, 1080), video(3840, 2160)])).toEqual({
      width: 1280,
      height: 720,
      larger: false,
    });
    expect(resultingOfAll(sides(null, 1440), [video(3840, 2160), video(1920, 1080)])).toMatchObject({ larger: true });
    expect(resultingOfAll(sides(null, null), [video(1920, 1080), video(3840, 2160)])).toBe('mixed');
    expect(resultingOfAll(sides(null, null), [])).toBeNull();
  });
});
