import { SvelteSet } from 'svelte/reactivity';
import type { RangeKey, Snapshot } from '../ipc/bindings';

/** Which ranges an export takes. All but those the editor has ticked off; it is a choice of the moment and not saved. */
export class Kept {
  readonly #leftOut = new SvelteSet<string>();

  has(key: RangeKey): boolean {
    return !this.#leftOut.has(written(key));
  }

  set(key: RangeKey, keep: boolean): void {
    if (keep) this.#leftOut.delete(written(key));
    else this.#leftOut.add(written(key));
  }

  /** Every range that is kept, in the order of materials and of time. */
  among(snapshot: Snapshot): RangeKey[] {
    return keys(snapshot).filter((key) => this.has(key));
  }

  forgetAbsent(snapshot: Snapshot): void {
    if (this.#leftOut.size === 0) return;
    const present = new Set(keys(snapshot).map(written));
    for (const key of [...this.#leftOut]) if (!present.has(key)) this.#leftOut.delete(key);
  }
}

function keys(snapshot: Snapshot): RangeKey[] {
  return snapshot.materials.flatMap((material) =>
    [...material.ranges].sort((a, b) => a.start - b.start).map((range) => ({ material: material.id, range: range.id })),
  );
}

function written(key: RangeKey): string {
  return `${key.material}/${key.range}`;
}
