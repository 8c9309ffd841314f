import { flushSync, untrack } from 'svelte';

/** How often what lies far from the hand follows it, in milliseconds. */
export const BEAT = 80;

/** What is shown far from the hand, in the order in which it follows. */
const PLACES = ['time', 'subtitle', 'start', 'end', 'length', 'words'] as const;
type Place = (typeof PLACES)[number];

/**
 * A hand that moves something on the timeline, and what follows it.
 *
 * What lies near, the timeline itself, follows in every frame. What lies far (the picture and its time, the list, the words) follows at a
 * beat, in frames in which nothing near changes: where no graphics card puts the window together, WebKitGTK paints one box around all that
 * changes in a frame, so that a range and its times in the list would cost the whole window whenever the hand moves.
 *
 * It also lays out one box by itself, but the whole page as soon as two have changed, and paints what it has laid out: so each place far
 * away is laid out before the next one follows.
 */
export class Hand {
  #holds = $state(false);
  /** How often each place has followed. */
  readonly #beats = $state<Record<Place, number>>({ time: 0, subtitle: 0, start: 0, end: 0, length: 0, words: 0 });
  #frame = 0;
  /** When what is far has followed last. */
  #followed = 0;
  /** The next frame belongs to what is far; a move waits until it is over. */
  #yields = false;
  #waiting: (() => void) | null = null;
  /** What was done alone is being painted: the web view may begin the next frame before it has. */
  #paints = false;
  /** What waits for a frame of its own. */
  #lone: (() => void) | null = null;
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
    this.#lone = null;
    this.#act();
    this.#holds = false;
    for (const follow of this.#followers) follow();
  }

  /** Does what a move asks for: at once, or after the frame that belongs to what is far. A later move takes the place of one that waits. */
  move(act: () => void): void {
    this.#waiting = act;
    if (!this.#yields) this.#act();
  }

  /** A value that is shown far from the hand: as it is while nothing is held, as of the last beat otherwise. */
  far<Value>(place: Place, source: () => Value): () => Value {
    const followed = $derived.by(() => {
      if (!this.#holds) return source();
      void this.#beats[place];
      return untrack(source);
    });
    return () => followed;
  }

  /** Does something with every beat, and when the hand lets go. */
  onBeat(follow: () => void): void {
    this.#followers.push(follow);
  }

  /** Does something that paints much, in a frame in which nothing else changes; nothing once the hand has let go. */
  alone(act: () => void): void {
    if (this.#holds) this.#lone = act;
  }

  #turn = (now: number): void => {
    if (this.#paints) {
      [this.#paints, this.#yields] = [false, false];
      this.#act();
    } else if (this.#yields) {
      this.#yieldTo(now);
    } else {
      this.#act();
      this.#yields = this.#lone !== null || now - this.#followed >= BEAT;
    }
    this.#frame = requestAnimationFrame(this.#turn);
  };

  #yieldTo(now: number): void {
    const lone = this.#lone;
    this.#lone = null;
    this.#paints = lone !== null;
    this.#yields = this.#paints;
    if (lone) return lone();
    this.#followed = now;
    this.#follow();
  }

  #act(): void {
    const act = this.#waiting;
    this.#waiting = null;
    act?.();
  }

  #follow(): void {
    for (const follow of this.#followers) follow();
    for (const place of PLACES) {
      this.#beats[place]++;
      flushSync();
      // Asked for an element's own size, WebKit lays out no more than that takes; for that of the page, whatever has changed.
      void document.documentElement.scrollHeight;
    }
  }
}
