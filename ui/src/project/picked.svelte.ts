import type { Range, RangeKey } from '../ipc/bindings';
import type { Session } from './session.svelte';

/** The ranges that an act means: the selected one, and those that were picked beside it in the same video. */
export class Picked {
  #beside = $state.raw<ReadonlySet<number>>(new Set());
  /** The project and the video that they belong to. */
  #place = $state<string | null>(null);
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  readonly #here = $derived.by(() => `${this.#session.visit}/${this.#session.selection.material}`);
  /** Whether the selected range is one of those that were picked together. */
  readonly #holds = $derived.by(() => {
    const { range } = this.#session.selection;
    return range !== null && this.#place === this.#here && this.#beside.has(range);
  });

  /** In order of time; nothing when no range is selected. */
  readonly ranges = $derived.by<Range[]>(() => {
    const { ranges, selection } = this.#session;
    return ranges.filter(({ id }) => id === selection.range || (this.#holds && this.#beside.has(id)));
  });
  readonly ids = $derived<ReadonlySet<number>>(new Set(this.ranges.map(({ id }) => id)));

  /** Adds a range to what is picked, or takes it away. The selected one gives the selection to another. */
  toggle(range: number): void {
    const { selection } = this.#session;
    const ids = new Set(this.ids);
    if (!ids.delete(range)) ids.add(range);
    const selected = ids.has(range) ? range : selection.range === range ? ([...ids][0] ?? range) : selection.range;
    this.#pick(ids, selected);
  }

  /** With Ctrl or Shift, a click on a range of the same video picks it as well; any other click picks nothing. */
  click({ material, range }: RangeKey, event: Pick<MouseEvent, 'ctrlKey' | 'metaKey' | 'shiftKey'>): boolean {
    const several = event.ctrlKey || event.metaKey || event.shiftKey;
    if (!several || material !== this.#session.selection.material) {
      this.clear();
      return false;
    }
    if (event.shiftKey) this.extend(range);
    else this.toggle(range);
    return true;
  }

  /** Picks everything between the selected range and this one, in order of time. */
  extend(range: number): void {
    const { ranges, selection } = this.#session;
    const places = [selection.range, range].map((id) => ranges.findIndex((one) => one.id === id));
    const [first, last] = [Math.min(...places), Math.max(...places)];
    if (first < 0) return this.#session.selectRange(range);
    this.#pick(new Set(ranges.slice(first, last + 1).map(({ id }) => id)), selection.range);
  }

  all(): void {
    const { ranges, range } = this.#session;
    this.#pick(new Set(ranges.map(({ id }) => id)), range?.id ?? ranges[0]?.id ?? null);
  }

  /** Only the selected one is meant again; false when that was so already. */
  clear(): boolean {
    const several = this.ids.size > 1;
    this.#beside = new Set();
    return several;
  }

  /** Forgets them once another range is selected: the next act means that one, and they do not come back with a later one. */
  follow(): void {
    if (!this.#holds && this.#beside.size > 0) this.#beside = new Set();
  }

  #pick(ids: ReadonlySet<number>, selected: number | null): void {
    this.#beside = ids;
    this.#place = this.#here;
    if (selected !== null) this.#session.selectRange(selected);
  }
}
