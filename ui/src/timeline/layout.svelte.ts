/** The lanes below the highlights, top to bottom. */
export const LANES = ['pictures', 'shots', 'interest', 'sound', 'speech', 'tags'] as const;
export type Lane = (typeof LANES)[number];

/** Heights in CSS pixels, each with the line above it. */
export const RULER = 24;
export const RANGES = 30;
/** The whole material below the lanes. */
export const MINIMAP = 23;
export const HEIGHTS: Record<Lane, number> = { pictures: 37, shots: 13, interest: 40, sound: 52, speech: 21, tags: 19 };

const KEY = 'standout.lanes.hidden';

/** Which lanes are shown; remembered on this machine. */
export class LaneChoice {
  #hidden = $state.raw<ReadonlySet<Lane>>(kept());

  readonly shown = $derived<Lane[]>(LANES.filter((lane) => !this.#hidden.has(lane)));
  readonly height = $derived(this.shown.reduce((sum, lane) => sum + HEIGHTS[lane], RULER + RANGES));

  shows(lane: Lane): boolean {
    return !this.#hidden.has(lane);
  }

  toggle(lane: Lane): void {
    const hidden = new Set(this.#hidden);
    if (!hidden.delete(lane)) hidden.add(lane);
    this.#hidden = hidden;
    localStorage.setItem(KEY, [...hidden].join(' '));
  }
}

function kept(): ReadonlySet<Lane> {
  const saved = (localStorage.getItem(KEY) ?? '').split(' ');
  return new Set(LANES.filter((lane) => saved.includes(lane)));
}
