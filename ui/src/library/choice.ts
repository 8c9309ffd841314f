/** Where a step leads from the chosen row of a list, which it stays inside; without a choice it begins at an end. */
export function stepped(from: number, by: number, count: number): number {
  if (from < 0 && by === -1) return count - 1;
  return Math.min(count - 1, Math.max(0, from + by));
}

/** What stays chosen in a new list: the same asset, else the one that came into its place. */
export function keptChoice(before: string[], after: string[], chosen: string | null): string | null {
  if (chosen === null) return null;
  if (after.includes(chosen)) return chosen;
  const place = before.indexOf(chosen);
  return place < 0 ? null : (after[Math.min(place, after.length - 1)] ?? null);
}
