import type { Material, Micros, Range, Stretch } from '../ipc/bindings';
import { frameStart, stepFrames } from '../player/frames';
import { dragged } from '../timeline/drag';

export type Trimmed = { stretch: Stretch; playhead: Micros; gesture: number };

/** Trims by keys. Presses in a row on the same end of the same range belong to one step of undo. */
export class Trim {
  #last: { range: number; edge: 'start' | 'end'; stretch: Stretch; gesture: number } | null = null;

  /** `range` with the end that is nearer to the playhead moved by frames, and the frame that shows the new end. */
  by(frames: number, material: Material, range: Range, playhead: Micros, newGesture: () => number): Trimmed {
    const edge = playhead - range.start <= range.end - playhead ? 'start' : 'end';
    const rate = material.video?.frameRate ?? null;
    const delta = Math.sign(frames) * frameStart(Math.abs(frames), rate);
    const stretch = dragged(edge, range, delta, material.duration);
    const last = this.#last;
    // Anything else that has moved the range meanwhile begins a new step.
    const goesOn =
      last?.range === range.id &&
      last.edge === edge &&
      last.stretch.start === range.start &&
      last.stretch.end === range.end;
    const gesture = goesOn ? last.gesture : newGesture();
    this.#last = { range: range.id, edge, stretch, gesture };
    // The out point is the first instant after the last frame that is shown.
    const shown = edge === 'start' ? stretch.start : stepFrames(stretch.end, -1, rate, material.duration);
    return { stretch, playhead: shown, gesture };
  }
}
