import { SvelteMap } from 'svelte/reactivity';
import { asWireError } from '../errors/codes';
import type { Backend } from '../ipc/backend';
import type { ModelProgress, ModelView, TransferProgress, WireError } from '../ipc/bindings';

/** The models of this machine, and how their downloads stand. */
export class Models {
  /** Null until they were read for the first time. */
  list = $state.raw<ModelView[] | null>(null);
  /** Why they could not be read. */
  fault = $state.raw<WireError | null>(null);
  /** What the progress of a download told last. */
  readonly #progress = new SvelteMap<string, TransferProgress>();
  readonly #backend: Backend;
  #asked = 0;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** The model that would give sound events, when it is neither there nor on its way. */
  readonly missingSoundEvents = $derived.by(() => {
    const hears = this.list?.filter((model) => model.kind === 'soundEvents') ?? [];
    const settled = hears.some((model) => isReady(model) || model.transfer.state === 'running');
    return settled ? null : (hears[0] ?? null);
  });

  readonly ready = $derived(this.list?.filter(isReady).length ?? 0);

  /** Reads the list; an answer that a newer question has overtaken is dropped. */
  async read(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const list = await this.#backend.models();
      if (asked !== this.#asked) return;
      this.fault = null;
      this.list = list;
      for (const model of list) if (model.transfer.state !== 'running') this.#progress.delete(model.id);
    } catch (thrown) {
      if (asked === this.#asked) this.fault = asWireError(thrown);
    }
  }

  take(items: ModelProgress[]): void {
    for (const { model, progress } of items) this.#progress.set(model, progress);
  }

  /** How far a running download is; null when none runs. */
  progress(model: ModelView): TransferProgress | null {
    if (model.transfer.state !== 'running') return null;
    return this.#progress.get(model.id) ?? model.transfer.progress;
  }
}

export function isReady(model: ModelView): boolean {
  return model.place.state === 'installed' || model.place.state === 'listed';
}
