import { expect, it } from 'vitest';
import type { ClipState, ExportView } from '../ipc/bindings';
import { exportSummary, splitPath } from './summary';

function view(finished: boolean, ...states: ClipState['state'][]): ExportView {
  const clips = states.map((state) => ({ path: 'a', kept: false, state: { state } as ClipState }));
  return { finished, target: { kind: 'folder', folder: '/' }, clips };
}

it.each([
  [view(false, 'written', 'running', 'waiting'), '1 of 3 written'],
  [view(true, 'written', 'written'), '2 clips written'],
  [view(true, 'written', 'cancelled', 'failed'), '1 of 3 clips written'],
  [view(true, 'cancelled'), 'No clip was written'],
])('an export never ends in silence (%#)', (state, sentence) => expect(exportSummary(state)).toBe(sentence));

it('finds the file in a path of either system', () => {
  expect(splitPath('/a/b/c.mp4')).toEqual({ folder: '/a/b', file: 'c.mp4' });
  expect(splitPath('C:\\a\\c.mp4')).toEqual({ folder: 'C:\\a', file: 'c.mp4' });
  expect(splitPath('c.mp4')).toEqual({ folder: '', file: 'c.mp4' });
});
