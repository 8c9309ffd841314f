import type { ExportOptions, ExportPreset, PresetId, PresetOptions, RateControl, VideoCodec } from '../ipc/bindings';

/** The contract's limits. */
export const SIDE = { min: 128, max: 4096, step: 2 };
export const CRF = { min: 0, max: 51 };
export const BITRATE = { min: 10, max: 50_000 };

/** In the order they are listed. */
export const CODECS: VideoCodec[] = ['h264', 'h265', 'vp9', 'av1', 'copy'];

/** What a field begins with when the other kind of quality was chosen so far: 1080p at a rate nobody complains about. */
export const FIRST_BITRATE = 8_000;

/** What a codec calls good quality; the contract's for the first two, about the same to the eye for the others. */
const USUAL_CRF: Record<VideoCodec, number> = { h264: 23, h265: 26, vp9: 31, av1: 30, copy: 23 };

export function usualRate(codec: VideoCodec): RateControl {
  return { kind: 'crf', value: USUAL_CRF[codec] };
}

/** Another codec. Quality that was never touched becomes the new codec's own; a chosen figure stays. */
export function withCodec(options: ExportOptions, codec: VideoCodec): ExportOptions {
  const { rate } = options;
  const untouched = rate.kind === 'crf' && rate.value === USUAL_CRF[options.codec];
  return { ...options, codec, rate: untouched ? usualRate(codec) : rate };
}

/** What is really asked for: a copy has no size and no quality of its own. */
export function effective(options: ExportOptions): ExportOptions {
  return options.codec === 'copy' ? { ...options, width: null, height: null } : options;
}

/** The preset whose choices these are; null for choices of the editor's own. */
export function presetOf(options: ExportOptions, presets: ExportPreset[]): PresetId | null {
  return presets.find((preset) => same(preset.options, options))?.id ?? null;
}

export function withPreset(options: ExportOptions, id: PresetId, presets: ExportPreset[]): ExportOptions {
  const preset = presets.find((candidate) => candidate.id === id);
  return preset ? { ...options, ...preset.options } : options;
}

function same(preset: PresetOptions, options: PresetOptions): boolean {
  if (preset.codec !== options.codec) return false;
  if (preset.codec === 'copy') return true;
  return preset.width === options.width && preset.height === options.height && sameRate(preset.rate, options.rate);
}

function sameRate(one: RateControl, other: RateControl): boolean {
  if (one.kind === 'crf') return other.kind === 'crf' && one.value === other.value;
  return other.kind === 'bitrate' && one.kilobits === other.kilobits;
}
