import type { EditName, Snapshot, Steps } from '../bindings';

type Step = { snapshot: Snapshot; edit: EditName; gesture: number | null };

/** Undo and redo of the made-up project: each step keeps the whole state on its other side. */
export class FakeHistory {
  #past: Step[] = [];
  #future: Step[] = [];

  get steps(): Steps {
    const step = ({ edit }: Step) => ({ edit, place: null });
    return { done: this.#past.map(step), undone: this.#future.map(step).reverse() };
  }

  /** Notes an edit that leads away from `before`; edits of one gesture make one step. */
  add(before: Snapshot, edit: EditName, gesture: number | null): void {
    const last = this.#past.at(-1);
    const merges = gesture !== null && last?.gesture === gesture && last.edit === edit;
    if (!merges) this.#past.push({ snapshot: before, edit, gesture });
    this.#future = [];
  }

  undo(present: Snapshot): Snapshot {
    return this.#travel(this.#past, this.#future, present);
  }

  redo(present: Snapshot): Snapshot {
    return this.#travel(this.#future, this.#past, present);
  }

  goTo(done: number, present: Snapshot): Snapshot {
    let shown = present;
    while (this.#past.length > done) shown = this.undo(shown);
    while (this.#past.length < done && this.#future.length > 0) shown = this.redo(shown);
    return shown;
  }

  clear(): void {
    this.#past = [];
    this.#future = [];
  }

  #travel(from: Step[], to: Step[], present: Snapshot): Snapshot {
    const step = from.pop();
    if (!step) return present;
    to.push({ ...step, snapshot: present });
    return { ...step.snapshot, undo: this.#past.at(-1)?.edit ?? null, redo: this.#future.at(-1)?.edit ?? null };
  }
}
