import type { ExportPlan } from '../ipc/bindings';
import { formatSize } from '../materials/facts';
import { words } from '../words';

export type Estimate = { text: string; tooLarge: boolean };

/** One line on what an export will take, a warning where that is more than there is room for. */
export function estimate({ clips, estimatedBytes, freeBytes }: ExportPlan): Estimate {
  const { estimate, noEstimate, free, tooLarge } = words.export;
  if (estimatedBytes !== null && freeBytes !== null && estimatedBytes > freeBytes)
    return { text: tooLarge(formatSize(estimatedBytes), formatSize(freeBytes)), tooLarge: true };
  const what = estimatedBytes === null ? noEstimate(clips.length) : estimate(clips.length, formatSize(estimatedBytes));
  return { text: freeBytes === null ? what : `${what} · ${free(formatSize(freeBytes))}`, tooLarge: false };
}
