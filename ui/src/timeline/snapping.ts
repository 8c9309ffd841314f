import type { EvidenceView, Micros, Range, Stretch } from '../ipc/bindings';
import type { Grip } from './drag';

/** What an edge may cling to. At equal distance the earlier kind of this list wins. */
const KINDS = ['playhead', 'marker', 'cut', 'range', 'speech', 'word', 'end'] as const;
export type SnapKind = (typeof KINDS)[number];

/** A place that edges cling to. */
export type SnapTarget = { time: Micros; kind: SnapKind };

type Sources = {
  evidence: EvidenceView | null;
  ranges: Range[];
  /** Ranges that move along are no places to cling to. */
  moving: ReadonlySet<number>;
  markers: { at: Micros }[];
  playhead: Micros;
  duration: Micros;
};

/** Every place that an edge may cling to, in order of time. */
export function snapTargets({ evidence, ranges, moving, markers, playhead, duration }: Sources): SnapTarget[] {
  const edges = (kind: SnapKind, stretches: Stretch[]) =>
    stretches.flatMap(({ start, end }): SnapTarget[] => [
      { time: start, kind },
      { time: end, kind },
    ]);
  const found: SnapTarget[] = [
    { time: playhead, kind: 'playhead' },
    ...markers.map(({ at }): SnapTarget => ({ time: at, kind: 'marker' })),
    ...(evidence?.cuts ?? []).map((time): SnapTarget => ({ time, kind: 'cut' })),
    ...edges('speech', evidence?.speech ?? []),
    ...edges('word', evidence?.words ?? []),
    ...edges(
      'range',
      ranges.filter(({ id }) => !moving.has(id)),
    ),
    ...edges('end', [{ start: 0, end: duration }]),
  ];
  return found.sort((a, b) => a.time - b.time || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
}

export type Snapped = {
  /** How far to move so that an edge lies on its target. */
  delta: Micros;
  /** What it clings to; null where nothing is within reach. */
  target: SnapTarget | null;
};

/** The change to `delta` that brings a moving edge onto the nearest of `targets` (in order of time) within `reach`. */
export function snapped(grip: Grip, origin: Stretch, delta: Micros, targets: SnapTarget[], reach: Micros): Snapped {
  const edges = grip === 'body' ? [origin.start, origin.end] : [origin[grip]];
  let best: Snapped = { delta, target: null };
  let nearest = reach;
  for (const edge of edges) {
    for (const target of around(targets, edge + delta)) {
      const distance = Math.abs(target.time - (edge + delta));
      if (distance < nearest || (distance === nearest && best.target === null)) {
        nearest = distance;
        best = { delta: target.time - edge, target };
      }
    }
  }
  return best;
}

/** The first of the targets at the nearest time before `time`, and at the nearest one from it on. */
function around(targets: SnapTarget[], time: Micros): SnapTarget[] {
  const next = firstFrom(targets, time);
  const before = targets[next - 1];
  const earlier = before && targets[firstFrom(targets, before.time)];
  return [targets[next], earlier].filter((target) => target !== undefined);
}

function firstFrom(targets: SnapTarget[], time: Micros): number {
  let [low, high] = [0, targets.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((targets[middle]?.time ?? Infinity) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
