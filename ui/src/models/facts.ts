import type { ModelView, TransferProgress } from '../ipc/bindings';
import { roundRemaining } from '../time/timecode';
import { words } from '../words';

export type Group = 'finds' | 'writes';

/** The list in its two parts: what adds evidence, and the choices of what writes down speech. */
export function grouped(models: ModelView[]): [Group, ModelView[]][] {
  const groups: [Group, ModelView[]][] = [
    ['finds', models.filter((model) => model.kind !== 'speech')],
    ['writes', models.filter((model) => model.kind === 'speech')],
  ];
  return groups.filter(([, members]) => members.length > 0);
}

/** Whole per cent, cut: 100 is only said when all has arrived. */
export function percent(arrived: number, all: number): number {
  return all > 0 ? Math.min(100, Math.floor((arrived / all) * 100)) : 0;
}

/** `43 % · 12 s left`; the time only once it can be told. */
export function progressLine(progress: TransferProgress): string {
  if (progress.tryingAgain !== null) return words.models.tryingAgain(progress.tryingAgain);
  if (progress.arrivedBytes === 0) return words.models.states.starting;
  const done = percent(progress.arrivedBytes, progress.sizeBytes);
  if (progress.remaining === null) return words.models.progress(done, '');
  const { unit, value } = roundRemaining(progress.remaining);
  return words.models.progress(done, words.materials.remaining[unit](value));
}
