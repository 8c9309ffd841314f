import { asWireError } from '../errors/codes';
import type {
  ExportOptions,
  ExportPlan,
  ExportRequest,
  ExportTarget,
  Judgement,
  RangeKey,
  VideoView,
} from '../ipc/bindings';
import { NOTHING_YET } from '../project/about';
import type { Session } from '../project/session.svelte';
import { rangesJudged } from '../review/shown';
import { Buckets } from './buckets.svelte';
import { faultsByPlace } from './faults';
import { effective } from './options';

function failed(thrown: unknown): ExportPlan {
  return { clips: [], faults: [asWireError(thrown)], freeBytes: null, estimatedBytes: null };
}

/** A folder is typed letter by letter, and what was known of it so far stays until the new answer is there. */
function placeOf(target: ExportTarget): string {
  return target.kind === 'folder' ? 'folder' : `bucket ${target.profile}`;
}

/** What was kept; that and what is undecided; or the selected range alone. */
export type Scope = 'kept' | 'wanted' | 'selected';

/** What an export is asked to do, and what the engine says would come of it. */
export class ExportSetup {
  scope = $state<Scope>('kept');
  kind = $state<ExportTarget['kind']>('folder');
  folder = $state('');
  /** The name of the chosen bucket; empty while none is. */
  bucket = $state('');
  template = $state('');
  options = $state.raw<ExportOptions>(NOTHING_YET.export.options);
  replace = $state(false);
  starting = $state(false);
  readonly buckets: Buckets;
  readonly #session: Session;
  #answer = $state.raw<{ plan: ExportPlan; place: string } | null>(null);
  #asked = 0;

  constructor(session: Session) {
    this.#session = session;
    this.buckets = new Buckets(session);
    const { exportFolder, exportTemplate, export: defaults } = session.about;
    this.folder = exportFolder;
    this.template = exportTemplate;
    this.options = defaults.options;
    this.kind = defaults.target.kind;
    if (defaults.target.kind === 'bucket') this.bucket = defaults.target.profile;
    // Judging is a way to choose clips, not a duty: who has kept none wants all that were not dropped.
    if (this.kept.length === 0) this.scope = 'wanted';
  }

  get kept(): RangeKey[] {
    return this.#judged(['kept']);
  }

  /** Every range that was not dropped. */
  get wanted(): RangeKey[] {
    return this.#judged(['kept', 'undecided']);
  }

  get dropped(): RangeKey[] {
    return this.#judged(['dropped']);
  }

  get selected(): RangeKey | null {
    const { material, range } = this.#session;
    return material && range ? { material: material.id, range: range.id } : null;
  }

  /** The selected range is one the editor does not want. */
  get selectedDropped(): boolean {
    return this.#session.range?.judgement === 'dropped';
  }

  #judged(judgements: Judgement[]): RangeKey[] {
    return this.#session.snapshot ? rangesJudged(this.#session.snapshot, judgements) : [];
  }

  /** What the chosen scope takes. */
  get ranges(): RangeKey[] {
    if (this.scope !== 'selected') return this[this.scope];
    return this.selected && !this.selectedDropped ? [this.selected] : [];
  }

  get target(): ExportTarget {
    return this.kind === 'folder' ? { kind: 'folder', folder: this.folder } : { kind: 'bucket', profile: this.bucket };
  }

  /** The chosen bucket has no keys on this machine: nothing could be sent to it. */
  get keyless(): boolean {
    return this.kind === 'bucket' && this.buckets.find(this.bucket)?.secrets === 'missing';
  }

  /** Whether there is a place to go to at all. */
  get placed(): boolean {
    return this.kind === 'folder' ? this.folder.trim() !== '' : this.buckets.find(this.bucket) !== null;
  }

  /** What would be written, once it is known for the place that is chosen now. */
  get plan(): ExportPlan | null {
    return this.#answer?.place === placeOf(this.target) ? this.#answer.plan : null;
  }

  get request(): ExportRequest {
    const { ranges, target, template } = this;
    return { ranges, target, template, overwrite: this.replace, options: effective(this.options) };
  }

  /** The pictures that would be written. */
  get pictures(): VideoView[] {
    const wanted = new Set(this.request.ranges.map((range) => range.material));
    return this.#session.materials.flatMap(({ id, video }) => (video && wanted.has(id) ? [video] : []));
  }

  get existing(): number {
    return this.plan?.clips.filter((clip) => clip.exists).length ?? 0;
  }

  get faults() {
    return faultsByPlace(this.plan?.faults ?? []);
  }

  get able(): boolean {
    const plan = this.plan;
    if (!plan || this.starting || !this.placed || this.keyless || plan.clips.length === 0) return false;
    return plan.faults.length === 0 && (this.existing === 0 || this.replace);
  }

  /** Reads the buckets. Where there is only one, nobody has to choose it. */
  async readBuckets(): Promise<void> {
    await this.buckets.read();
    const list = this.buckets.list;
    if (!list || this.buckets.find(this.bucket)) return;
    this.bucket = list.length === 1 ? (list[0]?.profile.name ?? '') : '';
  }

  /** Asks what would be written; an answer that a newer question has overtaken is dropped. */
  async ask(request: ExportRequest): Promise<void> {
    const asked = ++this.#asked;
    if (!this.placed) {
      this.#answer = null;
      return;
    }
    // Asked with every change: a failure is told where it can be put right, not as a note over the window.
    const plan = await this.#session.backend.planExport(request).catch((thrown: unknown) => failed(thrown));
    if (asked === this.#asked) this.#answer = { plan, place: placeOf(request.target) };
  }

  async chooseFolder(): Promise<void> {
    const folder = await this.#session.attempt(this.#session.backend.chooseFolder());
    if (folder !== null) this.folder = folder;
  }

  async start(): Promise<void> {
    this.starting = true;
    const { target, options, template, folder } = this;
    const snapshot = await this.#session.attempt(this.#session.backend.startExport(this.request));
    this.starting = false;
    if (!snapshot) {
      // What was planned no longer holds; the form says what does, and offers to replace.
      await this.ask(this.request);
      return;
    }
    // The next export begins with what was chosen this time.
    const { about } = this.#session;
    this.#session.about = {
      ...about,
      exportFolder: folder,
      exportTemplate: template,
      export: { ...about.export, target, options },
    };
    this.#session.apply(snapshot);
  }
}
