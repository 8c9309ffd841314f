import type { ProgressItem } from '../ipc/bindings';
import { roundRemaining } from '../time/timecode';
import { words } from '../words';

/** How far work has come in one line: `61 % · 55 s left`. Says only what is known. */
export function standing(item: ProgressItem | null): string {
  if (!item) return '';
  const parts: string[] = [];
  if (item.fraction !== null) parts.push(`${Math.floor(item.fraction * 100)}\u00a0%`);
  if (item.remaining !== null) {
    const { unit, value } = roundRemaining(item.remaining);
    parts.push(words.materials.remaining[unit](value));
  }
  return parts.join(' · ');
}
