import type { Range, Stretch } from '../ipc/bindings';

/** Which nudges of a range make one step of undo: those in a row, as long as nothing else moves it. */
export class Nudges {
  #last: { range: number; start: number; end: number; gesture: number } | null = null;

  of(range: Range, fresh: () => number): number {
    const last = this.#last;
    const goesOn = last?.range === range.id && last.start === range.start && last.end === range.end;
    const gesture = goesOn ? last.gesture : fresh();
    this.#last = { range: range.id, start: range.start, end: range.end, gesture };
    return gesture;
  }

  moved(range: number, { start, end }: Stretch): void {
    if (this.#last?.range === range) this.#last = { ...this.#last, start, end };
  }
}
