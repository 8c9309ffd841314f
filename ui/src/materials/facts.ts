import type { Material, VideoView } from '../ipc/bindings';
import { words } from '../words';

const CODECS: Record<string, string> = {
  h264: 'H.264',
  hevc: 'HEVC',
  av1: 'AV1',
  vp8: 'VP8',
  vp9: 'VP9',
  prores: 'ProRes',
  mjpeg: 'MJPEG',
  mpeg2video: 'MPEG-2',
  mpeg4: 'MPEG-4',
  dnxhd: 'DNxHD',
};

/** The name editors know a codec by; FFmpeg's own in capitals otherwise. */
export function codecName(codec: string): string {
  return CODECS[codec] ?? codec.toUpperCase();
}

/** `8.4 GB`, in powers of a thousand as file managers and disk makers count. */
export function formatSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

export function pictureFacts(video: VideoView | null): string {
  return video ? `${codecName(video.codec)} ${video.width} × ${video.height}` : words.materials.noPicture;
}

/** A path or an address with its middle left out: where it begins and what it is called stay readable. */
export function shortened(address: string, most: number): string {
  if (address.length <= most) return address;
  const cut = Math.max(address.lastIndexOf('/'), address.lastIndexOf('\\'));
  const tail = address.slice(Math.max(cut, address.length - Math.ceil(most * 0.7)));
  return `${address.slice(0, Math.max(1, most - tail.length - 1))}…${tail}`;
}

export type Badge = 'subtitles' | 'voice' | 'noVoice' | 'anyway';

/** What was found to go by: words to read, a voice to hear, or neither. */
export function badges(material: Material): Badge[] {
  const found: Badge[] = [];
  if (material.subtitles !== 'none') found.push('subtitles');
  if (material.voice === 'heard') found.push('voice');
  if (material.voice === 'notHeard') found.push(material.allowSpeechless ? 'anyway' : 'noVoice');
  return found;
}
