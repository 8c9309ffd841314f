import { asWireError } from '../errors/codes';
import type { Backend, DropEvent } from '../ipc/backend';
import type {
  EditCommand,
  Event,
  Imported,
  Material,
  Range,
  Refusal,
  Snapshot,
  Stretch,
  TranscriptionRequest,
  WireError,
} from '../ipc/bindings';
import { Jobs } from '../jobs/jobs.svelte';
import { words } from '../words';
import { NOTHING_YET, type About } from './about';
import { Models } from '../models/models.svelte';
import { inOrder, keptSelection, movedBy, type Overlay, type Selection } from './overlay';
import { ProgressBook } from './progress.svelte';

/**
 * The project as the page knows it: the engine's last snapshot, at most one uncommitted gesture, and what is chosen.
 * The page never changes the project itself; it sends commands and shows what comes back.
 */
export class Session {
  snapshot = $state.raw<Snapshot | null>(null);
  overlay = $state.raw<Overlay | null>(null);
  selection = $state.raw<Selection>({ material: null, range: null });
  refused = $state.raw<Refusal[]>([]);
  /** The last call that failed, until it is dismissed. */
  fault = $state.raw<WireError | null>(null);
  /** Set when the project could not even be opened. */
  openFault = $state.raw<WireError | null>(null);
  importing = $state(false);
  cancelling = $state(false);
  droppingOver = $state(false);
  /** The file that the project was written to, until that is dismissed. */
  savedTo = $state<string | null>(null);
  /** The file that subtitles were written to, until that is dismissed. */
  subtitlesIn = $state<string | null>(null);
  interruptionDismissed = $state(false);
  transcriptionDismissed = $state(false);
  recoveryDismissed = $state(false);
  /** How many waiting uploads the editor has waved away; more of them are told again. */
  dismissedUploads = $state(0);
  about = $state.raw<About>(NOTHING_YET);
  /** Grows with every other project: its materials carry the numbers of the last one's, and are others. */
  visit = $state(0);
  readonly progress = new ProgressBook();
  readonly models: Models;
  readonly jobs: Jobs;
  readonly backend: Backend;
  #gesture = 0;
  #lastImport: Promise<void> = Promise.resolve();
  #releases: (() => void)[] = [];
  #copying = false;
  readonly #leavers: (() => void)[] = [];

  constructor(backend: Backend) {
    this.backend = backend;
    this.models = new Models(backend);
    this.jobs = new Jobs(backend);
  }

  readonly materials = $derived<Material[]>(this.snapshot?.materials ?? []);
  readonly material = $derived(this.materials.find((material) => material.id === this.selection.material) ?? null);
  /** As the project holds them: a gesture under way changes nothing that hangs on them. */
  readonly ranges = $derived<Range[]>(this.material ? inOrder(this.material) : []);
  readonly range = $derived(this.ranges.find((range) => range.id === this.selection.range) ?? null);
  readonly #moved = $derived(movedBy(this.overlay));

  async open(): Promise<void> {
    this.openFault = null;
    this.close();
    try {
      // Listening comes first: nothing that happens while the snapshot is fetched may be missed.
      this.#releases.push(await this.backend.subscribe((event) => this.#hear(event)));
      const { snapshot, ...about } = await this.backend.bootstrap({
        ...words.dialogs,
        untitled: words.projects.unnamed,
      });
      this.about = about;
      this.apply(snapshot);
      void this.models.read();
    } catch (thrown) {
      this.openFault = asWireError(thrown);
      return;
    }
    // Without drops there is still Open… and paste: worth telling, not worth staying shut.
    const release = await this.attempt(this.backend.watchDrops((event) => this.#drop(event)));
    if (release) this.#releases.push(release);
  }

  close(): void {
    for (const release of this.#releases.splice(0)) release();
  }

  /** Does something before another project is shown. */
  onLeave(act: () => void): void {
    this.#leavers.push(act);
  }

  #leave(): void {
    this.visit++;
    this.overlay = null;
    this.selection = { material: null, range: null };
    this.progress.clear();
    for (const act of this.#leavers) act();
  }

  /** Takes a snapshot unless a newer one is already shown: answers and events may overtake each other. */
  apply(snapshot: Snapshot): void {
    const before = this.snapshot;
    if (before && snapshot.revision < before.revision) return;
    if (before && before.projectId !== snapshot.projectId) {
      this.savedTo = null;
      if (!this.#copying) this.#leave();
    }
    this.dismissedUploads = Math.min(this.dismissedUploads, snapshot.waitingUploads);
    this.snapshot = snapshot;
    this.selection = keptSelection(before, snapshot, this.selection);
    this.progress.settle(snapshot);
    if (!snapshot.finding) this.cancelling = false;
  }

  selectMaterial(material: number): void {
    if (material === this.selection.material) return;
    const ranges = this.materials.find((candidate) => candidate.id === material)?.ranges ?? [];
    const first = [...ranges].sort((a, b) => a.start - b.start)[0];
    this.selection = { material, range: first?.id ?? null };
  }

  selectNextMaterial(step: 1 | -1): void {
    const place = this.materials.findIndex(({ id }) => id === this.selection.material);
    const next = this.materials[place + step];
    if (next) this.selectMaterial(next.id);
  }

  selectRange(range: number): void {
    this.selection = { ...this.selection, range };
  }

  /** Where a range lies now: where a hand has it, else where the project does. */
  placeOf(material: number, range: Range): Stretch {
    return (this.overlay?.material === material && this.#moved.get(range.id)) || range;
  }

  newGesture(): number {
    return ++this.#gesture;
  }

  async edit(command: EditCommand, gesture: number | null = null): Promise<void> {
    await this.#ask(this.backend.edit(command, gesture));
  }

  /** Makes the gesture under way real: one command, one step of undo. */
  async commitOverlay(gesture: number | null = null): Promise<void> {
    const overlay = this.overlay;
    if (!overlay) return;
    // The overlay stays until the answer is here, so that the range does not jump back in between.
    const { along = [], material, ...moved } = overlay;
    const together = gesture ?? (along.length > 0 ? this.newGesture() : null);
    this.fault = null;
    let last: Snapshot | null = null;
    for (const { range, start, end } of [moved, ...along]) {
      const answer = await this.attempt(this.backend.edit({ kind: 'setRange', material, range, start, end }, together));
      if (!answer) break;
      last = answer;
    }
    // What lies between the first and the last of them need not be shown.
    if (last) this.apply(last);
    if (this.overlay === overlay) this.overlay = null;
  }

  undo = () => this.#ask(this.backend.undo());
  redo = () => this.#ask(this.backend.redo());
  goToStep = (done: number) => this.#ask(this.backend.goToStep(done));
  find = () => this.#ask(this.backend.find());
  findOthers = (material: number | null) => this.#ask(this.backend.findOthers(material));
  findAlike = (material: number, range: number) => this.#ask(this.backend.findAlike(material, range));
  snapRange = (material: number, range: number) => this.#ask(this.backend.snapRange(material, range));
  transcribe = (request: TranscriptionRequest) => this.#ask(this.backend.transcribe(request));
  cancelImport = () => this.#ask(this.backend.cancelImport());
  cancelTranscription = () => this.#ask(this.backend.cancelTranscription());
  pauseOrResume = () => this.#ask(this.snapshot?.paused ? this.backend.resume() : this.backend.pause());
  resumeUploads = () => this.#ask(this.backend.resumeUploads());
  discardUploads = () => this.#ask(this.backend.discardUploads());
  newProject = () => this.#ask(this.backend.newProject());
  openProject = (id: string) => this.#ask(this.backend.openProject(id));
  importProject = () => this.#ask(this.backend.importProject());
  chooseSound = (material: number, sound: number | null) => this.#ask(this.backend.chooseSound(material, sound));
  relink = (material: number) => this.#ask(this.backend.relinkMaterial(material));

  /** A copy goes on with the same materials under the same numbers. */
  async saveAs(name: string): Promise<void> {
    this.#copying = true;
    await this.#ask(this.backend.saveProjectAs(name));
    this.#copying = false;
  }

  async exportProject(): Promise<void> {
    this.fault = null;
    this.savedTo = (await this.attempt(this.backend.exportProject())) ?? this.savedTo;
  }

  /** What is said in the open material, as a file of subtitles. */
  async exportSubtitles(): Promise<void> {
    this.fault = null;
    if (!this.material) return;
    this.subtitlesIn = (await this.attempt(this.backend.exportSubtitles(this.material.id))) ?? this.subtitlesIn;
  }

  async cancelFind(): Promise<void> {
    this.cancelling = true;
    await this.#ask(this.backend.cancelFind());
    if (this.fault) this.cancelling = false;
  }

  cancelCopy = (material: number) => this.#ask(this.backend.cancelCopy(material));
  makeCopy = (material: number) => this.#ask(this.backend.makeCopy(material));
  cancelExport = () => this.#ask(this.backend.cancelExport());

  /** One material failed for want of speech: allow it, then look again. */
  async analyseAnyway(material: number): Promise<void> {
    await this.edit({ kind: 'allowSpeechless', material });
    if (this.fault === null && this.snapshot?.finding === false) await this.find();
  }

  importPaths = (paths: string[]) => this.#import(() => this.backend.importPaths(paths));
  importText = (text: string) => this.#import(() => this.backend.importText(text));
  openFiles = () => this.#import(() => this.backend.openFiles());
  trySample = () => this.#import(() => this.backend.trySample());
  importAsset = (id: string) => this.#import(() => this.backend.importAsset(id));

  /** Runs a call whose answer the caller wants; a failure is shown and gives null. */
  async attempt<Answer>(call: Promise<Answer>): Promise<Answer | null> {
    try {
      return await call;
    } catch (thrown) {
      this.fault = asWireError(thrown);
      return null;
    }
  }

  /** Null is a dialog that was closed without an answer: nothing has changed then. */
  async #ask(call: Promise<Snapshot | null>): Promise<void> {
    this.fault = null;
    const snapshot = await this.attempt(call);
    if (snapshot) this.apply(snapshot);
  }

  /** One after the other: files dropped while others are still being read wait for them. */
  #import(call: () => Promise<Imported | null>): Promise<void> {
    const next = this.#lastImport.then(async () => {
      const before = new Set(this.materials.map((material) => material.id));
      this.importing = true;
      this.fault = null;
      const imported = await this.attempt(call());
      this.importing = false;
      if (!imported) return;
      this.refused = imported.refused;
      this.apply(imported.snapshot);
      const added = this.materials.find((material) => !before.has(material.id));
      if (added) this.selectMaterial(added.id);
    });
    this.#lastImport = next;
    return next;
  }

  #hear(event: Event): void {
    switch (event.type) {
      case 'snapshot':
        return this.apply(event.snapshot);
      case 'progress':
        return this.progress.take(event.sequence, event.items);
      case 'models':
        return void this.models.read();
      case 'modelProgress':
        return this.models.take(event.items);
      case 'jobs':
        return void this.jobs.changed();
      case 'refused':
        this.refused = event.refused;
    }
  }

  #drop(event: DropEvent): void {
    this.droppingOver = event.type === 'over';
    if (event.type === 'dropped' && event.paths.length > 0) void this.importPaths(event.paths);
  }
}
