/** How fast and in which direction J, K and L play. Zero stands still; negative goes back. */
export type Speed = -4 | -2 | -1 | 0 | 1 | 2 | 4;

export type ShuttleKey = 'back' | 'stop' | 'forward';

/** A repeated key doubles up to four times; the other direction starts again at one. */
export function shuttle(speed: Speed, key: ShuttleKey): Speed {
  if (key === 'stop') return 0;
  if (key === 'forward') return speed <= 0 ? 1 : speed === 1 ? 2 : 4;
  return speed >= 0 ? -1 : speed === -1 ? -2 : -4;
}
