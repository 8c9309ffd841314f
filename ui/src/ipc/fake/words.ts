import type { Material, Range, Snapshot, SpokenText, SpokenWord, Stretch } from '../bindings';
import { changed, withRange } from './edits';
import { inventEvidence, inventRanges } from './measure';

/** The words of the invented speech, spread evenly over each stretch, with corrections in their place. */
export function inventWords(material: Material): SpokenText | null {
  if (material.analysis.state !== 'done') return null;
  const lines = inventEvidence(material).speech.flatMap(({ start, end, text }) => {
    const words = text?.split(' ') ?? [];
    const each = (end - start) / Math.max(1, words.length);
    const placed = words.map((word, place): SpokenWord => ({
      start: Math.round(start + place * each),
      end: Math.round(start + (place + 1) * each),
      text: word,
      corrected: false,
    }));
    return placed.length === 0 ? [] : [placed];
  });
  return { source: 'recogniser', lines: material.corrections.reduce(putRight, lines) };
}

function putRight(lines: SpokenWord[][], correction: Material['corrections'][number]): SpokenWord[][] {
  const inside = ({ start, end }: SpokenWord) => correction.start <= start && end <= correction.end;
  return lines.map((line) => {
    const first = line.findIndex(inside);
    if (first < 0) return line;
    return [
      ...line.slice(0, first),
      { ...correction, corrected: true },
      ...line.slice(first).filter((it) => !inside(it)),
    ];
  });
}

export function withCorrections(
  snapshot: Snapshot,
  { material, start, end }: Stretch & { material: number },
  added: Material['corrections'],
): Snapshot {
  return changed(snapshot, material, (one) => ({
    ...one,
    corrections: [...one.corrections.filter((other) => other.end <= start || end <= other.start), ...added],
  }));
}

export function compared(range: Range): Range {
  const { snapping } = range;
  if (!snapping) return range;
  return { ...range, ...(range.start === snapping.after.start ? snapping.before : snapping.after) };
}

/** Moves both ends a little, as a cut near them would. */
export function snapped(snapshot: Snapshot, material: number, range: number): Snapshot {
  return withRange(snapshot, { material, range }, (one) => {
    const before = { start: one.start, end: one.end };
    const after = { start: Math.max(0, one.start - 240_000), end: one.end + 400_000 };
    return { ...one, ...after, origin: 'edited', snapping: { before, after } };
  });
}

/** One more range that is said to resemble the given one. */
export function withAlike(snapshot: Snapshot, id: number, range: number): Snapshot {
  return changed(snapshot, id, (material) => {
    const like = material.ranges.find((one) => one.id === range);
    const candidates = inventRanges(material, { ...snapshot.strategy, count: 10 }, 500);
    const free = candidates.find(
      (one) => !material.ranges.some((other) => one.start < other.end && other.start < one.end),
    );
    if (!like || !free) return material;
    const offered: Range = { ...free, likeness: { material: id, start: like.start, share: 0.82 } };
    return { ...material, ranges: [...material.ranges, offered].sort((a, b) => a.start - b.start) };
  });
}
