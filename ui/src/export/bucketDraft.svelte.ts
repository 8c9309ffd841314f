import { asWireError } from '../errors/codes';
import type { Backend } from '../ipc/backend';
import type { BucketProfile, BucketSecrets, BucketView, WireError } from '../ipc/bindings';
import { bucketFaults, type BucketFields } from './bucketCheck';
import type { Buckets } from './buckets.svelte';

export type Trial = { state: 'idle' } | { state: 'testing' } | { state: 'ok' } | { state: 'failed'; error: WireError };

const EMPTY: BucketFields = {
  name: '',
  endpoint: '',
  region: '',
  bucket: '',
  accessKeyId: '',
  secretAccessKey: '',
  sessionToken: '',
};

/** A bucket as its form shows it. Keys only ever go in: those that are kept are never read back. */
export class BucketDraft {
  fields = $state<BucketFields>({ ...EMPTY });
  pathStyle = $state(false);
  checksums = $state(true);
  trial = $state.raw<Trial>({ state: 'idle' });
  saveFault = $state.raw<WireError | null>(null);
  saving = $state(false);
  /** Faults are told once saving or testing was asked for, not while the first letters are typed. */
  checked = $state(false);
  /** The bucket that is changed; null for a new one. */
  readonly before: BucketView | null;
  readonly #buckets: Buckets;
  readonly #backend: Backend;
  #trials = 0;

  constructor(before: BucketView | null, buckets: Buckets, backend: Backend) {
    this.before = before;
    this.#buckets = buckets;
    this.#backend = backend;
    if (!before) return;
    const { name, endpoint, region, bucket, pathStyle, checksums } = before.profile;
    this.fields = { ...EMPTY, name, endpoint: endpoint ?? '', region, bucket };
    this.pathStyle = pathStyle;
    this.checksums = checksums;
  }

  get #found() {
    const others = (this.#buckets.list ?? []).map((view) => view.profile.name);
    return bucketFaults(
      this.fields,
      this.pathStyle,
      others.filter((name) => name !== this.before?.profile.name),
    );
  }

  get faults() {
    return this.checked ? this.#found : {};
  }

  get profile(): BucketProfile {
    const { name, endpoint, region, bucket } = this.fields;
    return {
      name: name.trim(),
      endpoint: endpoint.trim() === '' ? null : endpoint.trim(),
      region: region.trim(),
      bucket: bucket.trim(),
      pathStyle: this.pathStyle,
      checksums: this.checksums,
    };
  }

  /** Null keeps what is kept. */
  get secrets(): BucketSecrets | null {
    const { accessKeyId, secretAccessKey, sessionToken } = this.fields;
    if (accessKeyId.trim() === '') return null;
    const token = sessionToken.trim();
    return { accessKeyId: accessKeyId.trim(), secretAccessKey, sessionToken: token === '' ? null : token };
  }

  /** What was tried no longer holds once something is changed. */
  touch(): void {
    this.#trials++;
    this.trial = { state: 'idle' };
    this.saveFault = null;
  }

  async test(): Promise<void> {
    if (!this.#complete()) return;
    const trial = ++this.#trials;
    this.trial = { state: 'testing' };
    const answer: Trial = await this.#backend.testBucket(this.profile, this.secrets).then(
      () => ({ state: 'ok' as const }),
      (thrown: unknown) => ({ state: 'failed' as const, error: asWireError(thrown) }),
    );
    if (trial === this.#trials) this.trial = answer;
  }

  /** Whether it is kept now. */
  async save(): Promise<boolean> {
    if (!this.#complete()) return false;
    this.saving = true;
    try {
      await this.#buckets.save(this.before?.profile.name ?? null, this.profile, this.secrets);
      return true;
    } catch (thrown) {
      this.saveFault = asWireError(thrown);
      return false;
    } finally {
      this.saving = false;
    }
  }

  #complete(): boolean {
    this.checked = true;
    return Object.keys(this.#found).length === 0;
  }
}
