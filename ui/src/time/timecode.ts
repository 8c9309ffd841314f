import type { Micros } from '../ipc/bindings';
import { words } from '../words';

export const SECOND: Micros = 1_000_000;
const HUNDREDTH: Micros = SECOND / 100;

/** `1:02:03.45`, `2:03.45` below one hour. Hundredths are cut, not rounded: a shown time is never after the real one. */
export function formatTimecode(time: Micros): string {
  const hundredths = Math.floor(Math.abs(time) / HUNDREDTH);
  const fraction = String(hundredths % 100).padStart(2, '0');
  return `${clock(time < 0, Math.floor(hundredths / 100))}.${fraction}`;
}

/** `1:02:03`, `2:03` below one hour, rounded to the nearest second: for lengths where hundredths say nothing. */
export function formatLength(duration: Micros): string {
  return clock(duration < 0, Math.round(Math.abs(duration) / SECOND));
}

function clock(negative: boolean, total: number): string {
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor(total / 60) % 60;
  const seconds = String(total % 60).padStart(2, '0');
  const shown = hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
  return negative ? `-${shown}` : shown;
}

/** `15.0 s` below a minute, to the nearest tenth and in the reader's word for seconds; a clock above it. */
export function formatDuration(duration: Micros): string {
  const tenths = Math.round(duration / (SECOND / 10));
  return tenths < 600 ? words.seconds((tenths / 10).toFixed(1)) : formatLength(duration);
}

/** Drop-frame timecode writes a semicolon, and a hand that misses Shift does too. */
const TIMECODE = /^(?:(?:(\d+)[:;])?(\d+)[:;])?(\d+)(?:[.,](\d+))?$/;

/**
 * Reads `1:02:03.45`, `1:15`, `75.2` or `75,2`, also in the full width of Chinese input methods. Null for anything else, also for sixty
 * and more after a colon.
 */
export function parseTimecode(text: string): Micros | null {
  const match = TIMECODE.exec(text.normalize('NFKC').trim());
  if (!match) return null;
  const [, hours, minutes, seconds, fraction] = match;
  if (minutes !== undefined && Number(seconds) >= 60) return null;
  if (hours !== undefined && Number(minutes) >= 60) return null;
  const whole = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds);
  const micros = whole * SECOND + Math.round(Number(`0.${fraction ?? 0}`) * SECOND);
  return Number.isSafeInteger(micros) ? micros : null;
}

/** `about 2 min left`-style figures are not wanted to the hundredth: whole seconds below a minute, else whole minutes. */
export function roundRemaining(remaining: Micros): { unit: 'seconds' | 'minutes'; value: number } {
  const seconds = Math.max(1, Math.ceil(remaining / SECOND));
  return seconds < 60 ? { unit: 'seconds', value: seconds } : { unit: 'minutes', value: Math.ceil(seconds / 60) };
}
