import type { Material, Micros, Range, Stretch } from '../ipc/bindings';
import { framesFrom, lastBefore, type FrameClock } from '../player/frames';
import { dragged } from '../timeline/drag';

export type Trimmed = { stretch: Stretch; playhead: Micros; gesture: number };

/** Trims by keys. Presses in a row on the same end of the same range belong to one step of undo. */
export class Trim {
  #last: { range: number; edge: 'start' | 'end'; stretch: Stretch; gesture: number } | null = null;

  /** `range` with the end that is nearer to the playhead moved by frames, and the frame that shows the new end. */
  by(
    frames: number,
    { duration }: Pick<Material, 'duration'>,
    clock: FrameClock,
    range: Range,
    playhead: Micros,
    newGesture: () => number,
  ): Trimmed {
    const edge = playhead - range.start <= range.end - playhead ? 'start' : 'end';
    const stretch = dragged(edge, range, framesFrom(range[edge], frames, clock), duration);
    const last = this.#last;
    // Anything else that has moved the range meanwhile begins a new step.
    const goesOn =
      last?.range === range.id &&
      last.edge === edge &&
      last.stretch.start === range.start &&
      last.stretch.end === range.end;
    const gesture = goesOn ? last.gesture : newGesture();
    this.#last = { range: range.id, edge, stretch, gesture };
    const shown = edge === 'start' ? stretch.start : lastBefore(stretch.end, clock);
    return { stretch, playhead: shown, gesture };
  }
}
