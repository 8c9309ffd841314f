import type { Judgement, Material, RangeKey, Stretch } from '../ipc/bindings';

/** A range in the order of playing. */
export type Take = RangeKey & Stretch;

/** The ranges that carry a judgement, in the order of the materials and of time. */
export function reelOf(materials: Material[], judgement: Judgement): Take[] {
  return materials.flatMap((material) =>
    [...material.ranges]
      .filter((range) => range.judgement === judgement)
      .sort((a, b) => a.start - b.start || a.id - b.id)
      .map(({ id, start, end }) => ({ material: material.id, range: id, start, end })),
  );
}

/** Where a reel begins: with the selected range where it is part of it, else with the first one. */
export function firstTake(reel: Take[], selected: number | null): number {
  return Math.max(
    0,
    reel.findIndex(({ range }) => range === selected),
  );
}

/** What follows a take: the next one, behind the last one the first again where the reel is played in a loop, else nothing. */
export function nextTake(reel: Take[], place: number, loop: boolean): number | null {
  if (place + 1 < reel.length) return place + 1;
  return loop ? 0 : null;
}

/** The end of a stretch, at most `length` long. */
export function ending({ start, end }: Stretch, length: number): Stretch {
  return { start: Math.max(start, end - length), end };
}
