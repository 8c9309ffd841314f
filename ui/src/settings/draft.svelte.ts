import type { Strategy } from '../ipc/bindings';
import { Latest, perFrame } from '../project/latest';
import type { Session } from '../project/session.svelte';

/**
 * The strategy as its controls show it: the snapshot's, with what the hand is changing right now laid over it. One drag of
 * a slider carries one gesture number, so the whole drag is one step of undo.
 */
export class StrategyDraft {
  #changes = $state.raw<Partial<Strategy>>({});
  #gesture: number | null = null;
  readonly #session: Session;
  readonly #latest: Latest<{ strategy: Strategy; gesture: number }>;
  readonly #throttled: (strategy: null) => void;

  constructor(session: Session) {
    this.#session = session;
    this.#latest = new Latest(({ strategy, gesture }) => session.edit({ kind: 'setStrategy', strategy }, gesture));
    this.#throttled = perFrame<null>(() => {
      // A gesture that ended meanwhile has sent its last value itself.
      if (this.#gesture !== null) this.#send();
    });
  }

  get strategy(): Strategy | null {
    const saved = this.#session.snapshot?.strategy;
    return saved ? { ...saved, ...this.#changes } : null;
  }

  /** A change while a gesture goes on; sent at most once a frame. */
  drag(changes: Partial<Strategy>): void {
    this.#gesture ??= this.#session.newGesture();
    this.#changes = { ...this.#changes, ...changes };
    this.#throttled(null);
  }

  /** A change that is complete in itself, or the end of a drag. */
  set(changes: Partial<Strategy>): void {
    this.#gesture ??= this.#session.newGesture();
    this.#changes = { ...this.#changes, ...changes };
    this.#send();
    this.#gesture = null;
  }

  #send(): void {
    const strategy = this.strategy;
    if (!strategy) return;
    const gesture = this.#gesture ?? this.#session.newGesture();
    const sent = this.#changes;
    this.#latest.push({ strategy, gesture });
    void this.#settle(sent);
  }

  /** Lets the snapshot speak again once it says the same, or once nothing more is on its way. */
  async #settle(sent: Partial<Strategy>): Promise<void> {
    await this.#latest.idle();
    if (this.#changes === sent) this.#changes = {};
  }
}
