import type { Backend } from '../ipc/backend';

const KEY = 'standout.magnification';
/** 1 is the usual size. */
export const MAGNIFICATIONS = [1, 1.1, 1.25, 1.5, 1.75, 2] as const;

/** How large the window's text and controls are; remembered on this machine. */
export class Magnification {
  factor = $state(1);
  /** What of it the web view does not count in where it tells how dense its pixels are. */
  #uncounted = $state(1);
  readonly #usual = density();
  readonly #backend: Pick<Backend, 'magnify'>;

  constructor(backend: Pick<Backend, 'magnify'>) {
    this.#backend = backend;
  }

  /** Pixels of the screen that a CSS pixel takes; not every web view counts the magnification in. */
  get pixels(): number {
    return density() * this.#uncounted;
  }

  /** Takes up what was chosen the last time. */
  async restore(): Promise<void> {
    const kept = Number(localStorage.getItem(KEY));
    if (MAGNIFICATIONS.some((factor) => factor === kept && factor !== 1)) await this.#set(kept);
  }

  /** The next larger or smaller size; at either end it stays. */
  async step(by: 1 | -1): Promise<void> {
    const place = MAGNIFICATIONS.findIndex((factor) => factor === this.factor);
    const next = MAGNIFICATIONS[place + by];
    if (next !== undefined) await this.#set(next);
  }

  reset(): Promise<void> {
    return this.#set(1);
  }

  async #set(factor: number): Promise<void> {
    await this.#backend.magnify(factor);
    this.factor = factor;
    this.#uncounted = density() > this.#usual ? 1 : factor;
    // What does not count it in magnifies the lines of icons twice: see base.css.
    document.documentElement.style.setProperty('--magnified', String(this.#uncounted));
    document.documentElement.toggleAttribute('data-magnified', this.#uncounted > 1);
    localStorage.setItem(KEY, String(factor));
  }
}

function density(): number {
  return window.devicePixelRatio || 1;
}
