import { describe, expect, it } from 'vitest';
import { firstSnapshot } from '../ipc/fake/scenes';
import type { Grip } from './drag';
import { snapped, snapTargets, type SnapKind, type SnapTarget } from './snapping';

const origin = { start: 10_000_000, end: 25_000_000 };
const cuts = (...times: number[]) => times.map((time): SnapTarget => ({ time, kind: 'cut' }));

describe('snapping', () => {
  it.each<[Grip, SnapTarget[], number, SnapKind | null]>([
    ['end', cuts(26_050_000), 1_050_000, 'cut'],
    ['end', cuts(26_200_000), 1_000_000, null],
    ['body', cuts(11_090_000, 26_020_000), 1_020_000, 'cut'],
    ['start', cuts(10_950_000, 11_040_000), 1_040_000, 'cut'],
    ['start', [], 1_000_000, null],
  ])('of the %s to %j moves by %i', (grip, targets, delta, kind) => {
    const found = snapped(grip, origin, 1_000_000, targets, 100_000);
    expect(found.delta).toBe(delta);
    expect(found.target?.kind ?? null).toBe(kind);
  });

  it('names the more telling of two things at one place', () => {
    const targets = [...cuts(26_000_000), { time: 26_000_000, kind: 'word' as const }];
    expect(snapped('end', origin, 990_000, targets, 100_000).target?.kind).toBe('cut');
    expect(snapped('end', origin, 1_010_000, targets, 100_000).target?.kind, 'from either side').toBe('cut');
  });
});

describe('places to cling to', () => {
  const { ranges } = firstSnapshot('done').materials[0]!;
  const evidence = {
    cuts: [5],
    speech: [{ start: 10, end: 20, text: 'Now then' }],
    words: [{ start: 10, end: 14 }],
    silences: [],
    interest: { hop: 1, values: [], parts: [] },
  };
  const moving = new Set([ranges[0]!.id]);
  const targets = snapTargets({ evidence, ranges, moving, markers: [{ at: 7 }], playhead: 3, duration: 99 });

  it('are cuts, words, sentences, markers, the playhead, the ends and other ranges', () => {
    expect(new Set(targets.map(({ kind }) => kind))).toEqual(
      new Set(['cut', 'word', 'speech', 'marker', 'playhead', 'end', 'range']),
    );
    expect(targets.map(({ time }) => time)).toEqual(targets.map(({ time }) => time).sort((a, b) => a - b));
  });

  it('are not the edges of what is moving', () => {
    const times = targets.filter(({ kind }) => kind === 'range').map(({ time }) => time);
    expect(times).not.toContain(ranges[0]!.start);
    expect(times).toContain(ranges[1]!.start);
  });
});
