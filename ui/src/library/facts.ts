import type { MediaAsset } from '../ipc/bindings';
import { formatSize, pictureFacts } from '../materials/facts';
import { formatLength } from '../time/timecode';
import { words } from '../words';

/** `2:04 · H.264 1920 × 1080 · 96 MB`, and that there is no sound where there is none. */
export function assetFacts({ duration, video, hasSound, sizeBytes }: MediaAsset): string {
  const parts = [formatLength(duration), pictureFacts(video)];
  if (sizeBytes > 0) parts.push(formatSize(sizeBytes));
  if (!hasSound) parts.push(words.library.silent);
  return parts.join(' · ');
}

export function usage({ usedIn }: MediaAsset): string {
  return usedIn.length === 0 ? words.library.notUsed : words.library.usedIn(usedIn);
}
