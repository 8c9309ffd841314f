import { SvelteMap } from 'svelte/reactivity';
import type { ProgressItem, ProgressSubject, Snapshot } from '../ipc/bindings';

/** How far each piece of running work has come. */
export class ProgressBook {
  readonly #items = new SvelteMap<string, ProgressItem>();
  #sequence = -1;

  /** Takes a message unless a later one came first. A sequence that starts again belongs to a new connection. */
  take(sequence: number, items: ProgressItem[]): void {
    if (sequence <= this.#sequence && sequence > 1) return;
    this.#sequence = sequence;
    for (const item of items) this.#items.set(written(item.subject), item);
  }

  /** Forgets work that is no longer running, so that the next run does not begin where the last one ended. */
  settle(snapshot: Snapshot): void {
    const running = new Set<string>();
    for (const { id, analysis, transcription, playback } of snapshot.materials) {
      if (analysis.state === 'running') running.add(`material ${id}`);
      if (transcription.state === 'running') running.add(`transcript ${id}`);
      if (playback.state === 'preparing') running.add(`preview ${id}`);
    }
    snapshot.exporting?.clips.forEach((clip, index) => {
      if (clip.state.state === 'running' || clip.state.state === 'uploading') running.add(`clip ${index}`);
    });
    for (const key of [...this.#items.keys()]) if (!running.has(key)) this.#items.delete(key);
  }

  clear(): void {
    this.#items.clear();
  }

  of(subject: ProgressSubject): ProgressItem | null {
    return this.#items.get(written(subject)) ?? null;
  }
}

function written(subject: ProgressSubject): string {
  switch (subject.kind) {
    case 'clip':
      return `clip ${subject.index}`;
    default:
      return `${subject.kind} ${subject.material}`;
  }
}
