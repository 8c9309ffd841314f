import type { EditCommand, EditName, Material, Range, Snapshot } from '../bindings';
import { inventRanges } from './measure';

/** What an edit makes of a project, and the name its undoing goes by. */
export function applied(snapshot: Snapshot, command: EditCommand, newId: () => number): [Snapshot, EditName] {
  switch (command.kind) {
    case 'setStrategy': {
      const { strategy } = command;
      const materials = snapshot.materials.map((material) =>
        material.analysis.state === 'done'
          ? { ...material, ranges: inventRanges(material, strategy, newId()) }
          : material,
      );
      return [{ ...snapshot, strategy, materials }, 'setStrategy'];
    }
    case 'removeMaterial':
      return [
        { ...snapshot, materials: snapshot.materials.filter((material) => material.id !== command.material) },
        'removeMaterial',
      ];
    case 'allowSpeechless':
      return [
        changed(snapshot, command.material, (material) => ({ ...material, allowSpeechless: true })),
        'allowSpeechless',
      ];
    case 'addRange': {
      const { start, end } = command;
      const range: Range = { id: newId(), start, end, score: null, tags: [], reasons: [], origin: 'added' };
      return [withRanges(snapshot, command.material, (ranges) => [...ranges, range]), 'addRange'];
    }
    case 'removeRange':
      return [
        withRanges(snapshot, command.material, (ranges) => ranges.filter((range) => range.id !== command.range)),
        'removeRange',
      ];
    case 'setRange': {
      const before = snapshot.materials
        .find((material) => material.id === command.material)
        ?.ranges.find((range) => range.id === command.range);
      const moved = before && before.end - before.start === command.end - command.start;
      const { start, end } = command;
      const set = (range: Range): Range =>
        range.id === command.range
          ? { ...range, start, end, origin: range.origin === 'found' ? 'edited' : range.origin }
          : range;
      return [withRanges(snapshot, command.material, (ranges) => ranges.map(set)), moved ? 'moveRange' : 'trimRange'];
    }
  }
}

export function changed(snapshot: Snapshot, id: number, change: (material: Material) => Material): Snapshot {
  return {
    ...snapshot,
    materials: snapshot.materials.map((material) => (material.id === id ? change(material) : material)),
  };
}

function withRanges(snapshot: Snapshot, id: number, change: (ranges: Range[]) => Range[]): Snapshot {
  return changed(snapshot, id, (material) => ({
    ...material,
    ranges: change(material.ranges).sort((a, b) => a.start - b.start),
  }));
}
