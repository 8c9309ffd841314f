import type { Micros } from '../ipc/bindings';

/** Begins a stretch at a time; its address, null when there is none to be had. */
export type Begin = (time: Micros) => Promise<string | null>;

/** Stretches that are played while the copy for the player is being made, each beginning where it was asked for. */
export class Early {
  /** Where the stretch that is shown begins. */
  start: Micros = 0;
  #wanted: Micros | null = null;
  #asking = false;
  #over = false;
  readonly #begin: Begin;
  readonly #show: (url: string) => void;

  constructor(begin: Begin, show: (url: string) => void) {
    this.#begin = begin;
    this.#show = show;
  }

  /** True until what was asked for last is shown. */
  get waits(): boolean {
    return this.#asking;
  }

  /** Asks for another stretch. While one is on its way, only the last of those asked for follows. */
  async want(time: Micros): Promise<void> {
    this.#wanted = time;
    if (this.#asking) return;
    this.#asking = true;
    while (this.#wanted !== null && !this.#over) {
      const asked: Micros = this.#wanted;
      this.#wanted = null;
      const url = await this.#begin(asked).catch(() => null);
      if (url === null || this.#wanted !== null || this.#over) continue;
      this.start = asked;
      this.#show(url);
    }
    this.#asking = false;
  }

  /** Nothing is shown any more. */
  end(): void {
    this.#over = true;
  }
}
