/**
 * Sends values one at a time and only ever the newest: while one is under way, those that come in between are skipped.
 * A slider therefore never queues up, and its last value always arrives.
 */
export class Latest<Value> {
  #next: { value: Value } | null = null;
  #running: Promise<void> | null = null;
  readonly #send: (value: Value) => Promise<unknown>;

  constructor(send: (value: Value) => Promise<unknown>) {
    this.#send = send;
  }

  push(value: Value): void {
    this.#next = { value };
    this.#running ??= this.#run();
  }

  /** Settles when nothing is under way or waiting any more. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#next) {
      const { value } = this.#next;
      this.#next = null;
      // Whoever sends tells of failures; here they must only not stop the next value.
      await this.#send(value).catch(() => undefined);
    }
    this.#running = null;
  }
}

/** Calls `run` with the newest value once per animation frame. */
export function perFrame<Value>(run: (value: Value) => void): (value: Value) => void {
  let pending: { value: Value } | null = null;
  return (value) => {
    if (pending) {
      pending.value = value;
      return;
    }
    pending = { value };
    requestAnimationFrame(() => {
      const newest = pending;
      pending = null;
      if (newest) run(newest.value);
    });
  };
}
