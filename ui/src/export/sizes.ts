import type { ExportOptions, VideoView } from '../ipc/bindings';

/** Heights with a name. The width follows the picture's shape. */
export const HEIGHTS = [2160, 1440, 1080, 720, 480];

export type SizeChoice = 'source' | 'custom' | `${number}`;

export function sizeChoice({ width, height }: Pick<ExportOptions, 'width' | 'height'>): SizeChoice {
  if (width === null && height === null) return 'source';
  return width === null && height !== null && HEIGHTS.includes(height) ? `${height}` : 'custom';
}

export function withSize(options: ExportOptions, choice: SizeChoice): ExportOptions {
  switch (choice) {
    case 'source':
      return { ...options, width: null, height: null };
    case 'custom':
      return options;
    default:
      return { ...options, width: null, height: Number(choice) };
  }
}

export type Resulting = { width: number; height: number; larger: boolean };

/** What a picture becomes: a side that is not given follows its shape, rounded to even as codecs want it. */
export function resulting({ width, height }: Pick<ExportOptions, 'width' | 'height'>, source: VideoView): Resulting {
  const even = (side: number) => Math.max(2, Math.round(side / 2) * 2);
  const shape = source.width / source.height;
  const size = {
    width: width ?? (height === null ? source.width : even(height * shape)),
    height: height ?? (width === null ? source.height : even(width / shape)),
  };
  return { ...size, larger: size.width > source.width || size.height > source.height };
}

/** What all pictures become, where that is one and the same; `mixed` where it is not, null without pictures. */
export function resultingOfAll(
  options: Pick<ExportOptions, 'width' | 'height'>,
  sources: VideoView[],
): Resulting | 'mixed' | null {
  const [first, ...others] = sources.map((source) => resulting(options, source));
  if (!first) return null;
  const alike = others.every((other) => other.width === first.width && other.height === first.height);
  return alike ? { ...first, larger: first.larger || others.some((other) => other.larger) } : 'mixed';
}
