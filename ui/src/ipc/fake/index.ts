import type { Backend, DropEvent } from '../backend';
import type {
  Bootstrap,
  EditCommand,
  EditName,
  Event,
  EvidenceView,
  ExportRequest,
  Imported,
  Material,
  Refusal,
  Snapshot,
  TranscriptionRequest,
  WireError,
} from '../bindings';
import { applied, changed, withOthers } from './edits';
import { watchBrowserDrops } from './drops';
import { FakeBuckets } from './buckets';
import { FakeHistory } from './history';
import { FakeJobs } from './jobs';
import { exportDefaults, planned } from './export';
import { FakeLibrary } from './library';
import { FakeMachine } from './machine';
import { FakeModels } from './models';
import { FakeProjects } from './projects';
import { inventEvidence, inventPeaks, inventThumbnail } from './measure';
import { arrivals, atStart, firstSnapshot, type Scene } from './scenes';
import { beginTranscribing, cancelTranscribing, speechChoices } from './speech';
import { startedExport, waitingUploads } from './uploads';
import { inventWords, snapped, withAlike } from './words';
import { copied, Work, working } from './work';

export { sceneFromAddress } from './scenes';
export type { Scene } from './scenes';

/** A project in memory with invented media, for developing in a plain browser and for tests. Never part of a release. */
export class FakeBackend extends FakeMachine implements Backend {
  #snapshot: Snapshot;
  readonly #history = new FakeHistory();
  #nextId = 1000;
  #listeners = new Set<(event: Event) => void>();
  #work: Work;
  readonly bucketBook: FakeBuckets;
  readonly #library: FakeLibrary;
  readonly modelBook: FakeModels;
  readonly #projects = new FakeProjects();
  readonly jobBook = new FakeJobs((event) => this.#listeners.forEach((listener) => listener(event)));
  readonly edits: { command: EditCommand; gesture: number | null }[] = [];

  constructor(
    readonly scene: Scene,
    readonly clipUrl = '',
  ) {
    super();
    this.#snapshot = this.#withUrls(firstSnapshot(scene));
    this.#work = new Work(
      () => this.#snapshot,
      (snapshot) => this.#publish(snapshot),
      (event) => this.#listeners.forEach((listener) => listener(event)),
    );
    this.bucketBook = new FakeBuckets(scene === 'noBuckets');
    this.#library = new FakeLibrary(scene === 'libraryEmpty', scene === 'libraryFailed');
    const models = scene === 'modelStates' || scene === 'noNetwork' || scene === 'installed' ? scene : 'none';
    this.modelBook = new FakeModels(models, (event) => this.#listeners.forEach((listener) => listener(event)));
    const started = startedExport(scene, this.#snapshot);
    if (started) this.#snapshot = this.#withUrls(started);
  }

  async bootstrap(): Promise<Bootstrap> {
    return {
      snapshot: this.#snapshot,
      ...atStart(this.scene),
      export: exportDefaults,
      keys: this.keys,
    };
  }

  async subscribe(listener: (event: Event) => void): Promise<() => void> {
    this.#listeners.add(listener);
    if (this.scene === 'analysing' || this.scene === 'exporting' || this.scene === 'uploading') this.#work.start();
    return () => {
      this.#listeners.delete(listener);
      this.#work.stop();
      this.modelBook.dispose();
    };
  }

  async magnify(factor: number): Promise<void> {
    document.documentElement.style.zoom = String(factor);
  }

  async watchDrops(listener: (event: DropEvent) => void): Promise<() => void> {
    return watchBrowserDrops(listener);
  }

  importPaths = async (paths: string[]) => this.#import(Math.min(1, paths.length), []);
  async importText(text: string): Promise<Imported> {
    const refused = text
      .split('\n')
      .filter((line) => line.trim() !== '' && !/\.(mp4|mov|mkv)$/.test(line.trim()) && !/^(https?|s3|oss):/.test(line))
      .map((path) => ({ path, error: { code: 'notMedia' as const, message: 'It holds text.', path } }));
    return this.#import(refused.length > 0 ? 0 : 1, refused);
  }

  openFiles = () => this.#import(3, []);
  trySample = () => this.#import(1, []);
  cancelImport = async () => this.#publish({ ...this.#snapshot, importing: null });

  async edit(command: EditCommand, gesture: number | null): Promise<Snapshot> {
    this.edits.push({ command, gesture });
    const [snapshot, name] = applied(this.#snapshot, command, () => (this.#nextId += 20));
    return this.#commit(snapshot, name, gesture);
  }

  undo = async () => this.#publish(this.#history.undo(this.#snapshot));
  redo = async () => this.#publish(this.#history.redo(this.#snapshot));
  steps = async () => this.#history.steps;
  goToStep = async (done: number) => this.#publish(this.#history.goTo(done, this.#snapshot));

  projects = async () => this.#projects.list(this.#snapshot);
  duplicateProject = async (id: string, name: string) => this.#projects.duplicate(id, name, this.#snapshot);
  removeProject = async (id: string) => this.#projects.remove(id, this.#snapshot);
  exportProject = async () => `/projects/${this.#snapshot.projectName}.standout`;
  importProject = async () => this.openProject('islands');

  async newProject(): Promise<Snapshot> {
    this.#projects.leave(this.#snapshot);
    return this.#begin({ ...firstSnapshot('empty'), projectId: `new-${this.#nextId++}` });
  }

  async openProject(id: string): Promise<Snapshot> {
    const { name } = this.#projects.open(id, this.#snapshot);
    return this.#begin({ ...firstSnapshot('done'), projectId: id, projectName: name, undo: null });
  }

  async saveProjectAs(name: string): Promise<Snapshot> {
    this.#projects.leave(this.#snapshot);
    return this.#begin({ ...this.#snapshot, projectId: `copy-${this.#nextId++}`, projectName: name });
  }

  async relinkMaterial(material: number): Promise<Snapshot> {
    const found = (one: Material): Material => ({ ...one, missing: false, path: `/footage/found/${one.name}` });
    return this.#publish(changed(this.#snapshot, material, found));
  }

  async findOthers(material: number | null): Promise<Snapshot> {
    return this.#commit(
      withOthers(this.#snapshot, material, () => (this.#nextId += 20)),
      'findOthers',
      null,
    );
  }

  findAlike = async (...key: [number, number]) => this.#commit(withAlike(this.#snapshot, ...key), 'findAlike', null);
  snapRange = async (...key: [number, number]) => this.#commit(snapped(this.#snapshot, ...key), 'snapRange', null);

  spoken = async (material: number) => inventWords(this.#material(material));
  exportSubtitles = async (material: number) => this.#material(material).path.replace(/\.\w+$/, '.srt');

  async find(): Promise<Snapshot> {
    const materials = this.#snapshot.materials.map((material): Material =>
      material.analysis.state === 'done' ? material : { ...material, analysis: { state: 'waiting' } },
    );
    const snapshot = this.#commit({ ...this.#snapshot, materials, finding: true, interrupted: false }, 'find', null);
    this.#work.start();
    return snapshot;
  }

  cancelFind = async () => this.#work.cancelFind();

  pause = async () => this.#publish({ ...this.#snapshot, paused: true });
  resume = async () => this.#publish({ ...this.#snapshot, paused: false });

  speechChoices = async () => speechChoices(this.scene === 'noSpeechModel');

  async transcribe({ language }: TranscriptionRequest): Promise<Snapshot> {
    const snapshot = this.#publish(beginTranscribing(this.#snapshot, language));
    this.#work.start();
    return snapshot;
  }

  cancelTranscription = async () => this.#publish(cancelTranscribing(this.#snapshot));
  async evidence(material: number): Promise<EvidenceView | null> {
    const found = this.#material(material);
    return found.analysis.state === 'done' ? inventEvidence(found) : null;
  }

  async peaks(material: number): Promise<ArrayBuffer> {
    const found = this.#material(material);
    return found.analysis.state === 'done' ? inventPeaks(found) : new ArrayBuffer(0);
  }

  chooseSound = async (material: number, sound: number | null) =>
    this.#publish(changed(this.#snapshot, material, (one) => ({ ...one, sound })));
  cancelCopy = async (material: number) => this.#publish(copied(this.#snapshot, material, 'cancelled'));
  makeCopy = async (material: number) => this.#publish(copied(this.#snapshot, material, 'preparing'));
  planExport = async (request: ExportRequest) => planned(this.#snapshot, request, this.#freeBytes);
  async startExport(request: ExportRequest): Promise<Snapshot> {
    const snapshot = this.#publish(
      this.#work.startExport(request, planned(this.#snapshot, request, this.#freeBytes).clips),
    );
    this.#work.start();
    return snapshot;
  }

  cancelExport = async () => this.#work.cancelExport();
  dismissExport = async () => this.#publish({ ...this.#snapshot, exporting: null });

  async resumeUploads(): Promise<Snapshot> {
    const snapshot = this.#publish(waitingUploads(this.#snapshot));
    this.#work.start();
    return snapshot;
  }

  async discardUploads(): Promise<Snapshot> {
    return this.#publish({ ...this.#snapshot, waitingUploads: 0 });
  }

  buckets = async () => this.bucketBook.list();
  saveBucket = async (...saved: Parameters<FakeBuckets['save']>) => this.bucketBook.save(...saved);
  removeBucket = async (name: string) => this.bucketBook.remove(name);
  testBucket = (...tried: Parameters<FakeBuckets['test']>) => this.bucketBook.test(...tried);

  models = async () => this.modelBook.list();
  downloadModel = async (id: string) => this.modelBook.download(id);
  cancelModelDownload = async (id: string) => this.modelBook.cancel(id);
  importModel = async () => this.modelBook.importFile();
  importModelFolder = async () => this.modelBook.importFolder();
  removeModel = async (id: string) => this.modelBook.remove(id);
  openModelPage = async (id: string) => this.modelBook.openPage(id);

  jobs = async () => this.jobBook.list();
  mediaAssets = async (search: string) => this.#library.find(search);
  mediaThumbnail = (id: string) => inventThumbnail(parseInt(id.slice(0, 4), 16));
  addMedia = async () => this.#library.addFile();
  addMediaText = async (text: string) => this.#library.addText(text);
  removeMedia = async (id: string) => this.#library.remove(id);
  relinkMedia = async (id: string) => this.#library.change(id, { missing: false, address: '/footage/found again.mp4' });

  async importAsset(id: string): Promise<Imported> {
    const { name, address, remote, usedIn } = this.#library.one(id);
    this.#library.change(id, { inProject: true, usedIn: [...usedIn, this.#snapshot.projectName] });
    const imported = await this.#import(1, []);
    const added = imported.snapshot.materials.at(-1);
    if (!added) return imported;
    const told = changed(imported.snapshot, added.id, (material) => ({ ...material, name, path: address, remote }));
    return { ...imported, snapshot: this.#publish(told) };
  }

  /** One step of the running work at once, for tests that do not wait for clocks. */
  advance(): void {
    this.#work.advance();
  }

  async #import(count: number, refused: Refusal[]): Promise<Imported> {
    const present = new Set(this.#snapshot.materials.map((material) => material.id));
    const added = this.#withUrls({ ...this.#snapshot, materials: arrivals })
      .materials.filter((material) => !present.has(material.id))
      .slice(0, count);
    if (added.length === 0) return { snapshot: this.#snapshot, refused };
    const materials = [...this.#snapshot.materials, ...added];
    return { snapshot: this.#commit({ ...this.#snapshot, materials }, 'addMaterials', null), refused };
  }

  #begin(snapshot: Snapshot): Snapshot {
    this.#history.clear();
    return this.#publish(this.#withUrls({ ...snapshot, undo: null, redo: null }));
  }

  #commit(snapshot: Snapshot, edit: EditName, gesture: number | null): Snapshot {
    this.#history.add(this.#snapshot, edit, gesture);
    return this.#publish({ ...snapshot, undo: edit, redo: null });
  }

  #publish(snapshot: Snapshot): Snapshot {
    this.#snapshot = { ...working(snapshot), revision: this.#snapshot.revision + 1 };
    for (const listener of this.#listeners) listener({ type: 'snapshot', snapshot: this.#snapshot });
    return this.#snapshot;
  }

  #withUrls(snapshot: Snapshot): Snapshot {
    const url = this.clipUrl;
    const materials = snapshot.materials.map((material): Material =>
      material.playback.state === 'ready' ? { ...material, playback: { state: 'ready', url } } : material,
    );
    return working({ ...snapshot, materials });
  }

  get #freeBytes(): number {
    return this.scene === 'nearlyFull' ? 38_000_000 : 412_000_000_000;
  }

  #material(id: number): Material {
    const found = this.#snapshot.materials.find((material) => material.id === id);
    if (!found) throw { code: 'materialMissing', message: 'There is no such video.', path: null } satisfies WireError;
    return found;
  }
}
