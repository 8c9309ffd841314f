import type { EvidenceView, Micros } from '../ipc/bindings';
import { formatLength, formatTimecode, SECOND } from '../time/timecode';
import { layers } from './interest';
import type { Draw } from './LaneCanvas.svelte';
import type { Pyramid } from './pyramid';
import { labelStep, ticks } from './ruler';
import type { View } from './scale';
import { cutTicks, interestCurve, stretches, waveform, type Rectangle } from './waveform';

/** Heights in CSS pixels, top to bottom as they lie under each other. */
export const LANES = { ruler: 24, highlights: 30, interest: 40, sound: 62, speech: 24 } as const;
export const TRACK_HEIGHT = Object.values(LANES).reduce((sum, height) => sum + height, 0);

export function drawRuler(view: View, duration: Micros): Draw {
  return (context, height, colour) => {
    const fine = labelStep(view) < SECOND;
    context.font = `10.5px ${colour('--font')}`;
    for (const { time, pixel, labelled } of ticks(view, duration)) {
      const x = Math.round(pixel) + 0.5;
      context.fillStyle = colour(labelled ? '--control-line' : '--line-strong');
      context.fillRect(x, labelled ? height - 9 : height - 5, 1, labelled ? 9 : 5);
      if (!labelled) continue;
      context.fillStyle = colour('--ink-3');
      const label = fine ? formatTimecode(time) : formatLength(time);
      // A label that would be cut off at the edge is worse than none.
      if (x + 5 + context.measureText(label).width < view.width) context.fillText(label, x + 5, 13);
    }
  };
}

export function drawInterest(evidence: EvidenceView | null, view: View): Draw {
  return (context, height, colour) => {
    if (!evidence) return;
    for (const { signal, boxes } of layers(evidence.interest, view, height - 4)) {
      fill(context, boxes, 3, colour(`--signal-${signal}`));
    }
    context.beginPath();
    for (const { x, y } of interestCurve(evidence.interest, view, height - 4)) context.lineTo(x, y + 3);
    context.strokeStyle = colour('--interest');
    context.lineWidth = 1.25;
    context.lineJoin = 'round';
    context.stroke();
  };
}

export function drawSound(pyramid: Pyramid | null, view: View, duration: Micros): Draw {
  return (context, height, colour) => {
    if (!pyramid) return;
    fill(context, waveform(pyramid, view, duration, height - 8), 4, colour('--wave'));
  };
}

export function drawSpeech(evidence: EvidenceView | null, view: View): Draw {
  return (context, height, colour) => {
    if (!evidence) return;
    fill(context, stretches(evidence.speech, view, 6), 5, colour('--speech'));
    context.fillStyle = colour('--cut');
    for (const x of cutTicks(evidence.cuts, view)) context.fillRect(Math.round(x), height - 12, 1, 7);
  };
}

function fill(context: CanvasRenderingContext2D, boxes: Rectangle[], top: number, colour: string): void {
  context.fillStyle = colour;
  for (const { x, y, width, height } of boxes) context.fillRect(x, y + top, width, height);
}
