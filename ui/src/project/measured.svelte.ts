import { SvelteMap } from 'svelte/reactivity';
import type { Backend } from '../ipc/backend';
import type { EvidenceView, Material, SpokenText } from '../ipc/bindings';
import { buildPyramid, type Pyramid } from '../timeline/pyramid';

export type Measured = { evidence: EvidenceView | null; pyramid: Pyramid | null; spoken: SpokenText | null };

const NOTHING: Measured = { evidence: null, pyramid: null, spoken: null };

/**
 * What was measured of each material and its thumbnail, fetched once when it is there. A failed fetch is not an error
 * to show: the analysis itself says what went wrong, and the lanes stay empty.
 */
export class MeasuredBook {
  readonly #measured = new SvelteMap<number, Measured>();
  readonly #thumbnails = new SvelteMap<number, string>();
  #asked = new Map<number, string>();
  /** The corrections that the words at hand were read with. */
  readonly #worded = new Map<number, Material['corrections']>();
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  of(material: number): Measured {
    return this.#measured.get(material) ?? NOTHING;
  }

  /** An address for an image element; null until it is there. */
  thumbnail(material: number): string | null {
    return this.#thumbnails.get(material) ?? null;
  }

  /** Fetches what a new snapshot makes available and lets go of what belongs to removed materials. */
  follow(materials: Material[]): void {
    const present = new Set(materials.map((material) => material.id));
    for (const id of [...this.#asked.keys()]) if (!present.has(id)) this.#forget(id);
    for (const material of materials) {
      const wanted = `${material.analysis.state} ${material.allowSpeechless} ${material.transcription.state}`;
      const corrected = !isSame(this.#worded.get(material.id) ?? [], material.corrections);
      this.#worded.set(material.id, material.corrections);
      if (this.#asked.get(material.id) === wanted) {
        if (corrected) void this.#fetchWords(material.id);
        continue;
      }
      const first = !this.#asked.has(material.id);
      this.#asked.set(material.id, wanted);
      if (!this.#thumbnails.has(material.id)) void this.#fetchThumbnail(material.id);
      const known = material.analysis.state === 'done' || material.transcription.state === 'done';
      if (first || known) void this.#fetchMeasured(material.id);
    }
  }

  /** Forgets everything, also what is still on its way: the next materials may carry the same numbers. */
  clear(): void {
    for (const id of [...this.#asked.keys()]) this.#forget(id);
    this.#asked = new Map();
  }

  async #fetchMeasured(material: number): Promise<void> {
    const asked = this.#asked;
    const [evidence, peaks, spoken] = await Promise.allSettled([
      this.#backend.evidence(material),
      this.#backend.peaks(material),
      this.#backend.spoken(material),
    ]);
    if (!this.#awaits(material, asked)) return;
    const before = this.of(material);
    this.#measured.set(material, {
      evidence: evidence.status === 'fulfilled' ? evidence.value : before.evidence,
      pyramid: peaks.status === 'fulfilled' && peaks.value.byteLength > 1 ? buildPyramid(peaks.value) : before.pyramid,
      spoken: spoken.status === 'fulfilled' ? spoken.value : before.spoken,
    });
  }

  async #fetchWords(material: number): Promise<void> {
    const asked = this.#asked;
    const spoken = await this.#backend.spoken(material).catch(() => null);
    if (spoken && this.#awaits(material, asked)) this.#measured.set(material, { ...this.of(material), spoken });
  }

  async #fetchThumbnail(material: number): Promise<void> {
    const asked = this.#asked;
    const bytes = await this.#backend.thumbnail(material).catch(() => null);
    if (!bytes || bytes.byteLength === 0 || !this.#awaits(material, asked) || this.#thumbnails.has(material)) return;
    this.#thumbnails.set(material, URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' })));
  }

  #awaits(material: number, asked: Map<number, string>): boolean {
    return asked === this.#asked && asked.has(material);
  }

  #forget(material: number): void {
    const address = this.#thumbnails.get(material);
    if (address) URL.revokeObjectURL(address);
    this.#thumbnails.delete(material);
    this.#measured.delete(material);
    this.#asked.delete(material);
    this.#worded.delete(material);
  }
}

function isSame(one: Material['corrections'], other: Material['corrections']): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
