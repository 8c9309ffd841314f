import type { BucketView } from '../ipc/bindings';
import type { Session } from '../project/session.svelte';

/** The buckets that are set up on this machine; null until they were read. */
export class Buckets {
  list = $state.raw<BucketView[] | null>(null);
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async read(): Promise<void> {
    const list = await this.#session.attempt(this.#session.backend.buckets());
    if (list) this.list = list;
  }

  find(name: string): BucketView | null {
    return this.list?.find((view) => view.profile.name === name) ?? null;
  }

  /** Rejects when it could not be kept. */
  async save(...saved: Parameters<Session['backend']['saveBucket']>): Promise<void> {
    this.list = await this.#session.backend.saveBucket(...saved);
  }

  async remove(name: string): Promise<boolean> {
    const list = await this.#session.attempt(this.#session.backend.removeBucket(name));
    if (list) this.list = list;
    return list !== null;
  }
}
