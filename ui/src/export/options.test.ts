import { describe, expect, it } from 'vitest';
import type { ExportOptions, RateControl, VideoCodec } from '../ipc/bindings';
import { exportDefaults } from '../ipc/fake/export';
import { effective, presetOf, withCodec, withPreset } from './options';

const { presets } = exportDefaults;
const crf = (value: number): RateControl => ({ kind: 'crf', value });
const options = (changes: Partial<ExportOptions> = {}): ExportOptions => ({ ...exportDefaults.options, ...changes });

describe('presets', () => {
  it.each([
    [options(), 'standard'],
    [options({ register: true }), 'standard'],
    [options({ height: 720 }), 'web720'],
    [options({ rate: crf(24) }), null],
    [options({ rate: { kind: 'bitrate', kilobits: 23 } }), null],
    [options({ codec: 'copy', rate: crf(40), height: 480 }), 'unchanged'],
    [options({ width: 1280, height: 720 }), null],
  ])('are recognised by what they choose (%#)', (chosen, id) => expect(presetOf(chosen, presets)).toBe(id));

  it('set every choice of the picture and leave the rest', () => {
    const chosen = withPreset(options({ register: true, width: 640 }), 'small', presets);
    expect(chosen).toEqual({ width: null, height: 720, codec: 'h265', rate: crf(30), register: true });
  });
});

describe('another codec', () => {
  it.each<[RateControl, VideoCodec, RateControl]>([
    [crf(23), 'h265', crf(26)],
    [crf(18), 'h265', crf(18)],
    [{ kind: 'bitrate', kilobits: 900 }, 'vp9', { kind: 'bitrate', kilobits: 900 }],
  ])('turns %j into the quality of %s only when it was never touched', (rate, codec, expected) =>
    expect(withCodec(options({ rate }), codec)).toEqual(options({ codec, rate: expected })),
  );

  it('asks for no size when nothing is encoded again', () => {
    expect(effective(options({ codec: 'copy', height: 480 }))).toMatchObject({ width: null, height: null });
    expect(effective(options({ height: 480 }))).toMatchObject({ height: 480 });
  });
});
