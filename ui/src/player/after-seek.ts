/** How long a seek may keep waiting what is to be done after it, in milliseconds. */
export const PATIENCE = 1_000;

/** Waits for the end of a seek: WebKitGTK forgets now and then that it was to play when it is told so during one. */
export class AfterSeek {
  #forget: (() => void) | null = null;

  /** Acts when no seek is under way any more: at once, where there is none. A later call takes the place of one that waits. */
  act(element: HTMLMediaElement, act: () => void): void {
    this.forget();
    if (!element.seeking) return act();
    const arrive = () => {
      // Where the time has moved on meanwhile, the end of one seek is the beginning of the next.
      if (element.seeking) return;
      this.forget();
      act();
    };
    // What is done during a seek that lasts so long may be forgotten like any other, and is done once more when that ends.
    const limit = setTimeout(act, PATIENCE);
    element.addEventListener('seeked', arrive);
    this.#forget = () => {
      clearTimeout(limit);
      element.removeEventListener('seeked', arrive);
    };
  }

  /** Nothing waits any more. */
  forget(): void {
    this.#forget?.();
    this.#forget = null;
  }
}
