import { asWireError } from '../errors/codes';
import type { Backend } from '../ipc/backend';
import type { JobEntry, WireError } from '../ipc/bindings';

/** The jobs of the library, whichever process runs them. */
export class Jobs {
  /** Null until they were read for the first time. */
  list = $state.raw<JobEntry[] | null>(null);
  /** Why they could not be read. */
  fault = $state.raw<WireError | null>(null);
  readonly #backend: Backend;
  /** How many views show them; while none does, nothing is read. */
  #shown = 0;
  #asked = 0;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Reads them now and after every change, until the returned function is called. */
  show(): () => void {
    this.#shown++;
    void this.read();
    return () => this.#shown--;
  }

  async changed(): Promise<void> {
    if (this.#shown > 0) await this.read();
  }

  /** Reads the list; an answer that a newer question has overtaken is dropped. */
  async read(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const list = await this.#backend.jobs();
      if (asked !== this.#asked) return;
      this.fault = null;
      this.list = list;
    } catch (thrown) {
      if (asked === this.#asked) this.fault = asWireError(thrown);
    }
  }
}
