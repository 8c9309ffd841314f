/** How fast and in which direction it plays: zero stands still, negative goes back. */
export type Speed = number;

export type ShuttleKey = 'back' | 'stop' | 'forward';

/** The speeds that an editor may choose. */
export const SPEEDS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4] as const;
const FASTEST = 4;

/** A repeated key doubles up to four times; the other direction starts again at one. */
export function shuttle(speed: Speed, key: ShuttleKey): Speed {
  if (key === 'stop') return 0;
  const way = key === 'forward' ? 1 : -1;
  const now = speed * way;
  return way * (now < 1 ? 1 : Math.min(FASTEST, now < 2 ? 2 : now * 2));
}

/** The next slower or faster speed that may be chosen. */
export function otherSpeed(speed: Speed, way: -1 | 1): Speed {
  const further = way > 0 ? SPEEDS.find((one) => one > speed) : SPEEDS.findLast((one) => one < speed);
  return further ?? speed;
}
