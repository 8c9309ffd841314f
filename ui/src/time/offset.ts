import type { Micros } from '../ipc/bindings';

/** `+0.25`, `−1.50`, `0.00`: seconds by which something lies later or earlier. */
export function formatOffset(offset: Micros): string {
  const seconds = Math.abs(offset / 1_000_000).toFixed(2);
  const sign = Number(seconds) === 0 ? '' : offset > 0 ? '+' : '−';
  return `${sign}${seconds}`;
}
