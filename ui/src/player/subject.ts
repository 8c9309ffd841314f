import type { FrameRate, Micros } from '../ipc/bindings';
import type { Begin } from './early';

export type Phase = 'empty' | 'loading' | 'ready' | 'failed';

/** What is shown: a material and, once it can be played, its address; until then, what begins to play it at a time. */
export type Subject = {
  material: number;
  duration: Micros;
  rate: FrameRate | null;
  url: string | null;
  begin?: Begin | null;
  /** Says that the web view does not show what is at the address; answers whether something else follows. */
  refuse?: () => Promise<boolean>;
};

/** How long a web view may take to show the first picture of a file before it is taken to refuse it, in milliseconds. */
const STALL = 5_000;

/** Watches whether a file is shown: a web view that does not know one says so, or says nothing at all. */
export class Watch {
  #limit: ReturnType<typeof setTimeout> | undefined;

  begin(refuse: () => void): void {
    this.end();
    this.#limit = setTimeout(refuse, STALL);
  }

  end(): void {
    clearTimeout(this.#limit);
  }
}
