import type { ProgressItem } from '../ipc/bindings';
import { roundRemaining } from '../time/timecode';
import { words } from '../words';

/** How far work has come in one line: `61 % · 55 s left`, or `61 % · paused`. Says only what is known. */
export function standing(item: ProgressItem | null, paused = false): string {
  const parts: string[] = [];
  if (item && item.fraction !== null) parts.push(`${Math.floor(item.fraction * 100)}\u00a0%`);
  if (paused) parts.push(words.work.paused);
  else if (item && item.remaining !== null) {
    const { unit, value } = roundRemaining(item.remaining);
    parts.push(words.materials.remaining[unit](value));
  }
  return parts.join(' · ');
}
