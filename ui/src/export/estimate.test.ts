import { expect, it } from 'vitest';
import type { ExportPlan } from '../ipc/bindings';
import { estimate } from './estimate';

const clip = { material: 1, range: 1, path: 'a', exists: false, estimatedBytes: 0 };

function plan(clips: number, estimatedBytes: number | null, freeBytes: number | null): ExportPlan {
  return { clips: Array.from({ length: clips }, () => clip), faults: [], estimatedBytes, freeBytes };
}

it.each([
  [plan(2, 84_000_000, 210_000_000_000), '2 clips, about 84 MB · 210 GB free', false],
  [plan(1, 84_000_000, null), '1 clip, about 84 MB', false],
  [plan(3, null, 210_000_000_000), '3 clips · 210 GB free', false],
  [plan(3, null, null), '3 clips', false],
  [plan(2, 300_000_000_000, 210_000_000_000), 'About 300 GB are needed, 210 GB are free', true],
  [plan(2, 210_000_000_000, 210_000_000_000), '2 clips, about 210 GB · 210 GB free', false],
])('the size is told beside the room for it, a warning where that is too little (%#)', (of, text, tooLarge) =>
  expect(estimate(of)).toEqual({ text, tooLarge }),
);
