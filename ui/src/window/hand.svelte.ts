import { untrack } from 'svelte';

/** How often what lies far from the hand follows it, in milliseconds. */
export const BEAT = 80;

/**
 * A hand that moves something on the timeline, and what follows it.
 *
 * What lies near, the timeline itself, follows in every frame. What lies far (the picture and its time, the list, the words) follows at a
 * beat, in frames in which nothing near changes: where no graphics card puts the window together, WebKitGTK paints one box around all that
 * changes in a frame, so that a range and its times in the list would cost the whole window whenever the hand moves.
 */
export class Hand {
  #holds = $state(false);
  #beats = $state(0);
  #frame = 0;
  /** When what is far has followed last. */
  #followed = 0;
  /** The next frame belongs to what is far; a move waits until it is over. */
  #yields = false;
  #waiting: (() => void) | null = null;
  readonly #followers: (() => void)[] = [];

  /** Whether something is being moved. */
  get holds(): boolean {
    return this.#holds;
  }

  /** Something is taken hold of. */
  take(): void {
    if (this.#holds) return;
    this.#holds = true;
    this.#followed = performance.now();
    this.#frame = requestAnimationFrame(this.#turn);
  }

  /** It is let go: all that has waited is done, and what is far is exact at once. */
  letGo(): void {
    if (!this.#holds) return;
    cancelAnimationFrame(this.#frame);
    this.#yields = false;
    this.#act();
    this.#holds = false;
    this.#follow();
  }

  /** Does what a move asks for: at once, or after the frame that belongs to what is far. A later move takes the place of one that waits. */
  move(act: () => void): void {
    this.#waiting = act;
    if (!this.#yields) this.#act();
  }

  /** A value that is shown far from the hand: as it is while nothing is held, as of the last beat otherwise. */
  far<Value>(source: () => Value): () => Value {
    const followed = $derived.by(() => {
      if (!this.#holds) return source();
      void this.#beats;
      return untrack(source);
    });
    return () => followed;
  }

  /** Does something with every beat, and when the hand lets go. */
  onBeat(follow: () => void): void {
    this.#followers.push(follow);
  }

  #turn = (now: number): void => {
    if (this.#yields) {
      this.#yields = false;
      this.#followed = now;
      this.#follow();
    } else {
      this.#act();
      this.#yields = now - this.#followed >= BEAT;
    }
    this.#frame = requestAnimationFrame(this.#turn);
  };

  #act(): void {
    const act = this.#waiting;
    this.#waiting = null;
    act?.();
  }

  #follow(): void {
    this.#beats++;
    for (const follow of this.#followers) follow();
  }
}
