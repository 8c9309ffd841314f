import { vi } from 'vitest';

/** The frames of a window, which begin when a test says so, and its clock. */
export class FakeFrames {
  /** What waits for the next frame. */
  waiting: ((now: number) => void)[] = [];
  #now = 0;

  constructor() {
    vi.stubGlobal('requestAnimationFrame', (run: (now: number) => void) => this.waiting.push(run));
    vi.stubGlobal('cancelAnimationFrame', (place: number) => (this.waiting[place - 1] = () => undefined));
    vi.spyOn(performance, 'now').mockImplementation(() => this.#now);
  }

  /** The next frame begins, so many milliseconds after the last one. */
  next = (after = 16): void => {
    this.#now += after;
    for (const run of this.waiting.splice(0)) run(this.#now);
  };

  /** The window's own frames and clock are back. */
  end(): void {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  }
}
