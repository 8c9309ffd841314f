import { SvelteMap } from 'svelte/reactivity';
import type { Backend } from '../ipc/backend';

/** Pictures of assets, fetched when a row comes in sight and let go with the library. A row without one shows a mark. */
export class Thumbnails {
  readonly #addresses = new SvelteMap<string, string>();
  readonly #asked = new Set<string>();
  readonly #backend: Backend;
  #disposed = false;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** An address for an image element; null until it is there. */
  of(id: string): string | null {
    return this.#addresses.get(id) ?? null;
  }

  async fetch(id: string): Promise<void> {
    if (this.#asked.has(id)) return;
    this.#asked.add(id);
    const bytes = await this.#backend.mediaThumbnail(id).catch(() => null);
    if (!bytes || bytes.byteLength === 0 || this.#disposed || !this.#asked.has(id)) return;
    this.#addresses.set(id, URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' })));
  }

  /** Lets one go: the asset was removed, or is another file now. */
  forget(id: string): void {
    const address = this.#addresses.get(id);
    if (address) URL.revokeObjectURL(address);
    this.#addresses.delete(id);
    this.#asked.delete(id);
  }

  dispose(): void {
    this.#disposed = true;
    for (const id of [...this.#asked]) this.forget(id);
  }
}

/** Calls `seen` once when the element first comes in sight. */
export function whenSeen(seen: () => void): (element: Element) => () => void {
  return (element) => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        seen();
      },
      { rootMargin: '120px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  };
}
