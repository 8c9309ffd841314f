const PAGE = 10;
const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE };

/** Where a key leads in a list of `count` rows: it stays inside. Null for a key that does not move. */
export function walked(key: string, place: number, count: number): number | null {
  const step = STEPS[key];
  return step === undefined ? null : Math.max(0, Math.min(place + step, count - 1));
}

/** Scrolls a list no further than its row needs. */
export function keepInSight(list: Element | undefined, place: number): void {
  list?.children[place]?.scrollIntoView?.({ block: 'nearest' });
}
