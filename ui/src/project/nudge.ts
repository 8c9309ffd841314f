import type { EditCommand, Material, Range } from '../ipc/bindings';
import { framesFrom, type FrameClock } from '../player/frames';
import { together } from '../timeline/drag';
import type { Moved } from './overlay';

export type Nudged = { edits: EditCommand[]; gesture: number };

/** Moves ranges together by keys. Presses in a row on the same ranges belong to one step of undo. */
export class Nudge {
  #last: { places: string; gesture: number } | null = null;

  /** `ranges` by frames as long as those at the beginning of `range`, and less where one of them would leave the material. */
  by(
    frames: number,
    { id: material, duration }: Pick<Material, 'id' | 'duration'>,
    clock: FrameClock,
    range: Range,
    ranges: Range[],
    newGesture: () => number,
  ): Nudged {
    const by = together(ranges, framesFrom(range.start, frames, clock), duration);
    const before = ranges.map(({ id, start, end }): Moved => ({ range: id, start, end }));
    const moved = before.map((one): Moved => ({ ...one, start: one.start + by, end: one.end + by }));
    // Anything else that has moved one of them meanwhile begins a new step.
    const gesture = this.#last?.places === placesOf(before) ? this.#last.gesture : newGesture();
    this.#last = { places: placesOf(moved), gesture };
    return { edits: moved.map((stretch) => ({ kind: 'setRange', material, ...stretch })), gesture };
  }
}

function placesOf(ranges: Moved[]): string {
  return ranges.map(({ range, start, end }) => `${range} ${start} ${end}`).join();
}
