import type { EvidenceView, Micros, Range } from '../ipc/bindings';
import type { Draw } from './tiles';
import { toPixel, type View } from './scale';
import { interestCurve } from './waveform';

/** The whole material in a few pixels: how interesting it is, where the ranges and the markers lie. */
export function drawOverview(
  evidence: EvidenceView | null,
  ranges: Range[],
  markers: { at: Micros }[],
  whole: View,
  duration: Micros,
): Draw {
  return (context, height, colour) => {
    if (evidence) {
      context.beginPath();
      context.moveTo(0, height);
      const points = interestCurve(evidence.interest, whole, height - 9);
      for (const { x, y } of points) context.lineTo(x, y + 3);
      context.lineTo(points.at(-1)?.x ?? 0, height - 6);
      context.lineTo(0, height - 6);
      context.fillStyle = colour('--surface-4');
      context.fill();
    }
    context.clearRect(0, height - 6, toPixel(whole, duration), 6);
    for (const { start, end, judgement } of ranges) {
      context.fillStyle = colour(judgement === 'dropped' ? '--line-strong' : '--accent');
      context.globalAlpha = judgement === 'undecided' ? 0.6 : 1;
      const x = toPixel(whole, start);
      context.fillRect(x, height - 5, Math.max(2, toPixel(whole, end) - x), 3);
    }
    context.globalAlpha = 1;
    context.fillStyle = colour('--marker');
    for (const { at } of markers) context.fillRect(Math.round(toPixel(whole, at)), 2, 1, height - 4);
  };
}
