import type { ExportPlan, ExportRequest, RangeKey } from '../ipc/bindings';
import type { Session } from '../project/session.svelte';

/** What an export is asked to do, and what the engine says would come of it. */
export class ExportSetup {
  scope = $state<'all' | 'selected'>('all');
  folder = $state('');
  template = $state('');
  replace = $state(false);
  starting = $state(false);
  plan = $state.raw<ExportPlan | null>(null);
  readonly #session: Session;
  #asked = 0;

  constructor(session: Session) {
    this.#session = session;
    this.folder = session.about.exportFolder;
    this.template = session.about.exportTemplate;
    if (this.kept.length === 0 && this.selected) this.scope = 'selected';
  }

  get kept(): RangeKey[] {
    return this.#session.snapshot ? this.#session.kept.among(this.#session.snapshot) : [];
  }

  get selected(): RangeKey | null {
    const { material, range } = this.#session;
    return material && range ? { material: material.id, range: range.id } : null;
  }

  get request(): ExportRequest {
    const ranges = this.scope === 'all' ? this.kept : this.selected ? [this.selected] : [];
    return { ranges, folder: this.folder, template: this.template, overwrite: this.replace };
  }

  get existing(): number {
    return this.plan?.clips.filter((clip) => clip.exists).length ?? 0;
  }

  get able(): boolean {
    const plan = this.plan;
    if (!plan || this.starting || this.folder === '' || plan.clips.length === 0) return false;
    return plan.faults.length === 0 && (this.existing === 0 || this.replace);
  }

  /** Asks what would be written; an answer that a newer question has overtaken is dropped. */
  async ask(request: ExportRequest): Promise<void> {
    const asked = ++this.#asked;
    const plan = await this.#session.attempt(this.#session.backend.planExport(request));
    if (asked === this.#asked && plan) this.plan = plan;
  }

  async chooseFolder(): Promise<void> {
    const folder = await this.#session.attempt(this.#session.backend.chooseFolder());
    if (folder !== null) this.folder = folder;
  }

  async start(): Promise<void> {
    this.starting = true;
    const snapshot = await this.#session.attempt(this.#session.backend.startExport(this.request));
    this.starting = false;
    if (!snapshot) return;
    // The next export begins with what was chosen this time.
    this.#session.about = { ...this.#session.about, exportFolder: this.folder, exportTemplate: this.template };
    this.#session.apply(snapshot);
  }
}
