import type { Micros, SpokenText, Stretch } from '../ipc/bindings';
import type { MeasuredBook } from '../project/measured.svelte';
import type { Session } from '../project/session.svelte';
import { firsts, flat, joined, searched, stretchOf, wordAt } from './passage';

/** The words of the open material, what is selected and what is searched in them. */
export class Transcript {
  readonly #session: Session;
  readonly #measured: MeasuredBook;
  query = $state('');
  /** Where a selection began, and the word it reaches to, which the keys move. */
  anchor = $state<number | null>(null);
  head = $state<number | null>(null);
  /** The selected words are being written anew. */
  correcting = $state(false);

  constructor(session: Session, measured: MeasuredBook) {
    this.#session = session;
    this.#measured = measured;
  }

  readonly spoken = $derived.by<SpokenText | null>(() => this.#measured.of(this.#session.material?.id ?? -1).spoken);
  readonly words = $derived(flat(this.spoken));
  readonly firsts = $derived(firsts(this.spoken));
  readonly found = $derived(searched(this.words, this.query));
  readonly #marked = $derived(
    new Set(this.found.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, step) => from + step))),
  );

  /** The first and the last selected word. */
  readonly selected = $derived.by<[number, number] | null>(() => {
    if (this.anchor === null || this.head === null || !this.words[this.head] || !this.words[this.anchor]) return null;
    return [Math.min(this.anchor, this.head), Math.max(this.anchor, this.head)];
  });

  readonly text = $derived.by(() => {
    if (!this.selected) return '';
    const [from, to] = this.selected;
    return joined(this.words.slice(from, to + 1).map(({ word }) => word.text));
  });

  readonly stretch = $derived.by<Stretch | null>(() =>
    this.selected ? stretchOf(this.words, ...this.selected, this.#session.material?.duration ?? 0) : null,
  );

  /** Some of the selected words are not as they were heard. */
  readonly corrected = $derived.by(() => {
    if (!this.selected) return false;
    const [from, to] = this.selected;
    return this.words.slice(from, to + 1).some(({ word }) => word.corrected);
  });

  at = (time: Micros) => wordAt(this.words, time);
  lineOf = (word: number) => this.words[word]?.line ?? 0;
  isFound = (word: number) => this.#marked.has(word);
  isSelected(word: number): boolean {
    return this.selected !== null && this.selected[0] <= word && word <= this.selected[1];
  }

  select(word: number, extend = false): void {
    if (!this.words[word]) return;
    this.correcting = false;
    this.head = word;
    if (!extend || this.anchor === null) this.anchor = word;
  }

  clear(): void {
    this.anchor = this.head = null;
    this.correcting = false;
  }

  /** Selects the next place of what is searched, from the selection on; null where it is nowhere. */
  next(step: 1 | -1): number | null {
    if (this.found.length === 0) return null;
    const from = this.selected?.[0] ?? -1;
    const after =
      step > 0 ? this.found.find(([first]) => first > from) : this.found.findLast(([first]) => first < from);
    const place = after ?? (step > 0 ? this.found[0] : this.found.at(-1));
    if (!place) return null;
    this.select(place[0]);
    this.select(place[1], true);
    return place[0];
  }

  /** A word up or down a line, near the same place in it. */
  beside(step: 1 | -1): number {
    const head = this.head ?? 0;
    const line = this.lineOf(head);
    const column = head - (this.firsts[line] ?? 0);
    const length = this.spoken?.lines[line + step]?.length ?? 0;
    return length === 0 ? head : (this.firsts[line + step] ?? 0) + Math.min(column, length - 1);
  }

  /** Makes the selected words a range. */
  async makeRange(): Promise<void> {
    const material = this.#session.material;
    if (material && this.stretch)
      await this.#session.edit({ kind: 'addRange', material: material.id, ...this.stretch });
  }

  /** Writes other words in the place of the selected ones. */
  async correct(text: string): Promise<void> {
    const material = this.#session.material;
    const words = this.selected;
    this.correcting = false;
    if (!material || !words || text.trim() === this.text) return;
    const stretch = this.#whole(words);
    if (stretch) await this.#session.edit({ kind: 'correctWords', material: material.id, text, ...stretch });
    if (!this.#session.fault) this.anchor = this.head = words[0];
  }

  async restore(): Promise<void> {
    const material = this.#session.material;
    const stretch = this.selected && this.#whole(this.selected);
    if (material && stretch) await this.#session.edit({ kind: 'restoreWords', material: material.id, ...stretch });
    this.clear();
  }

  /** From the first to the last of these words exactly, however short. */
  #whole([from, to]: [number, number]): Stretch | null {
    const [first, last] = [this.words[from], this.words[to]];
    return first && last ? { start: first.word.start, end: last.word.end } : null;
  }
}
