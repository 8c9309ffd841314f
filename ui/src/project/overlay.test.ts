import { describe, expect, it } from 'vitest';
import { firstSnapshot } from '../ipc/fake/scenes';
import type { Material, Snapshot } from '../ipc/bindings';
import { inOrder, keptSelection, movedBy } from './overlay';

const done = firstSnapshot('done');

function change(snapshot: Snapshot, id: number, ranges: (before: Material['ranges']) => Material['ranges']): Snapshot {
  const materials = snapshot.materials.map((material) =>
    material.id === id ? { ...material, ranges: ranges(material.ranges) } : material,
  );
  return { ...snapshot, materials };
}

describe('the selection', () => {
  it('begins with the first material and its first range', () => {
    expect(keptSelection(null, done, { material: null, range: null })).toEqual({ material: 1, range: 1 });
    expect(keptSelection(null, firstSnapshot('empty'), { material: 7, range: 7 })).toEqual({
      material: null,
      range: null,
    });
  });

  it('stays where it is while that exists', () => {
    const selection = { material: 2, range: 12 };
    expect(keptSelection(done, done, selection)).toEqual(selection);
  });

  it('goes to the neighbour of a removed range', () => {
    const after = change(done, 1, (ranges) => ranges.filter((range) => range.id !== 2));
    expect(keptSelection(done, after, { material: 1, range: 2 })).toEqual({ material: 1, range: 3 });
  });

  it('goes to a range that was just added', () => {
    const after = change(done, 1, (ranges) => [...ranges, { ...ranges[0]!, id: 99 }]);
    expect(keptSelection(done, after, { material: 1, range: 2 })).toEqual({ material: 1, range: 99 });
  });
});

it('a gesture says where each range is that it moves, and the project keeps its order meanwhile', () => {
  const material = done.materials[0]!;
  const along = [{ range: 2, start: 95_000_000, end: 97_000_000 }];
  const moved = movedBy({ material: 1, range: 1, start: 90_000_000, end: 95_000_000, along });
  expect([moved.get(1)?.start, moved.get(2)?.start, moved.get(3)]).toEqual([90_000_000, 95_000_000, undefined]);
  expect(movedBy(null).size).toBe(0);
  expect(inOrder({ ...material, ranges: [...material.ranges].reverse() })).toEqual(material.ranges);
});
