import type { EditCommand, EditName, Material, Range, RangeKey, Snapshot } from '../bindings';
import { marked } from './markers';
import { compared, withCorrections } from './words';
import { inventRanges, untouched } from './measure';

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
      const range: Range = {
        id: newId(),
        start,
        end,
        score: null,
        tags: [],
        reasons: [],
        origin: 'added',
        ...untouched,
      };
      return [withRanges(snapshot, command.material, (ranges) => [...ranges, range]), 'addRange'];
    }
    case 'removeRange':
      return [
        withRanges(snapshot, command.material, (ranges) => ranges.filter((range) => range.id !== command.range)),
        'removeRange',
      ];
    case 'judge': {
      const { judgement } = command;
      const names = { kept: 'keepRange', dropped: 'dropRange', undecided: 'undecideRange' } as const;
      return [withRange(snapshot, command, (range) => ({ ...range, judgement })), names[judgement]];
    }
    case 'setTitle':
      return [withRange(snapshot, command, (range) => ({ ...range, title: command.title.trim() })), 'setTitle'];
    case 'setNote':
      return [withRange(snapshot, command, (range) => ({ ...range, note: command.note.trim() })), 'setNote'];
    case 'addMarker':
    case 'moveMarker':
    case 'nameMarker':
    case 'removeMarker':
      return [
        changed(snapshot, command.material, (material) => ({ ...material, markers: marked(material, command, newId) })),
        command.kind,
      ];
    case 'compareSnapping':
      return [withRange(snapshot, command, compared), 'compareSnapping'];
    case 'correctWords': {
      const { start, end, text } = command;
      return [withCorrections(snapshot, command, [{ start, end, text }]), 'correctWords'];
    }
    case 'restoreWords':
      return [withCorrections(snapshot, command, []), 'restoreWords'];
    case 'rename':
      return [{ ...snapshot, projectName: command.name.trim() }, 'rename'];
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

export function withRange(snapshot: Snapshot, key: RangeKey, change: (range: Range) => Range): Snapshot {
  const one = (range: Range) => (range.id === key.range ? change(range) : range);
  return withRanges(snapshot, key.material, (ranges) => ranges.map(one));
}

/** Others in place of those that were dropped, which stay; what is kept stays as well. */
export function withOthers(snapshot: Snapshot, only: number | null, newId: () => number): Snapshot {
  const materials = snapshot.materials.map((material) => {
    if (material.analysis.state !== 'done' || (only !== null && only !== material.id)) return material;
    const { ranges } = material;
    const missing = ranges.filter(({ judgement }) => judgement === 'dropped').length;
    const candidates = inventRanges(material, { ...snapshot.strategy, count: 10 }, newId());
    const free = candidates.filter((one) => !ranges.some((other) => one.start < other.end && other.start < one.end));
    return { ...material, ranges: [...ranges, ...free.slice(0, missing)].sort((a, b) => a.start - b.start) };
  });
  return { ...snapshot, materials };
}

function withRanges(snapshot: Snapshot, id: number, change: (ranges: Range[]) => Range[]): Snapshot {
  return changed(snapshot, id, (material) => ({
    ...material,
    ranges: change(material.ranges).sort((a, b) => a.start - b.start),
  }));
}
