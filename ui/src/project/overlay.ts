import type { Material, Micros, Range, Snapshot } from '../ipc/bindings';

/** A range as it looks while it is dragged. */
export type Moved = { range: number; start: Micros; end: Micros };

/** The one gesture that is not committed yet, with the ranges that move along. */
export type Overlay = Moved & { material: number; along?: Moved[] };

/** Every range that the gesture moves. */
export function movedBy(overlay: Overlay | null): Map<number, Moved> {
  const moved = overlay ? [overlay, ...(overlay.along ?? [])] : [];
  return new Map(moved.map((one) => [one.range, one]));
}

/** A material's ranges in order of time. */
export function inOrder({ ranges }: Material): Range[] {
  return [...ranges].sort((a, b) => a.start - b.start || a.id - b.id);
}

export type Selection = { material: number | null; range: number | null };

/** What stays selected in a new snapshot: the same things where they still exist, else the nearest sensible ones. */
export function keptSelection(before: Snapshot | null, after: Snapshot, selection: Selection): Selection {
  const material = after.materials.find((candidate) => candidate.id === selection.material);
  if (!material) {
    const first = after.materials[0];
    return { material: first?.id ?? null, range: first ? firstRange(first) : null };
  }
  const old = before?.materials.find((candidate) => candidate.id === material.id);
  const known = new Set(old?.ranges.map((range) => range.id));
  const added = old ? material.ranges.filter((range) => !known.has(range.id)) : [];
  // A range the editor has just made is what the next key press means.
  if (old && added.length === 1 && material.ranges.length === old.ranges.length + 1)
    return { material: material.id, range: added[0]?.id ?? null };
  if (material.ranges.some((range) => range.id === selection.range)) return selection;
  const place = old?.ranges.findIndex((range) => range.id === selection.range) ?? -1;
  const neighbour = place < 0 ? null : (material.ranges[Math.min(place, material.ranges.length - 1)]?.id ?? null);
  return { material: material.id, range: neighbour ?? firstRange(material) };
}

function firstRange(material: Material): number | null {
  return inOrder(material)[0]?.id ?? null;
}
