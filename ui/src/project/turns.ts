/**
 * Does one thing after the other, in the order in which they were asked for, so that each finds what the one before has
 * made. One that fails holds up none behind it.
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  /** The amount that has not had its turn yet, while nothing else was asked for after it. */
  #waiting: { amount: number; done: Promise<void> } | null = null;

  take<Answer>(act: () => Answer | Promise<Answer>): Promise<Answer> {
    this.#waiting = null;
    const done = this.#last.then(act);
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** As `take`, with amounts that wait in a row done as one: a held key repeats faster than many ranges move. */
  gather(amount: number, act: (amount: number) => Promise<void>): Promise<void> {
    if (this.#waiting) {
      this.#waiting.amount += amount;
      return this.#waiting.done;
    }
    const waiting = { amount, done: Promise.resolve() };
    waiting.done = this.take(() => {
      if (this.#waiting === waiting) this.#waiting = null;
      return act(waiting.amount);
    });
    this.#waiting = waiting;
    return waiting.done;
  }
}
