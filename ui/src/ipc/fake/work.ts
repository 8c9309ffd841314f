import { SECOND } from '../../time/timecode';
import type { Event, ExportRequest, Material, PlannedClip, ProgressItem, Snapshot } from '../bindings';
import { changed } from './edits';
import { inventRanges } from './measure';
import { speechless } from './scenes';
import { transcribed } from './speech';
import { advanced, cancelled, startedClips } from './uploads';

/** Whether something runs that can be held on; nothing is held on where nothing does. */
export function working(snapshot: Snapshot): Snapshot {
  const { finding, transcribing, exporting, materials, paused } = snapshot;
  const copies = materials.some(({ playback }) => playback.state === 'preparing');
  const runs = finding || transcribing || exporting?.finished === false || copies;
  return { ...snapshot, working: runs, paused: runs && paused };
}

/** The copy for the player was given up, or is made after all. */
export const copied = (snapshot: Snapshot, material: number, state: 'cancelled' | 'preparing'): Snapshot =>
  changed(snapshot, material, (one) => ({ ...one, playback: { state } }));

/** Analysing and exporting as they look from the page: one thing after the other, a little further every step. */
export class Work {
  #timer: ReturnType<typeof setInterval> | null = null;
  #fraction = 0.37;
  #preview = 0.2;
  #sequence = 0;

  constructor(
    private readonly now: () => Snapshot,
    private readonly publish: (snapshot: Snapshot) => Snapshot,
    private readonly tell: (event: Event) => void,
  ) {}

  start(): void {
    this.#timer ??= setInterval(() => this.advance(), 200);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  advance(): void {
    const snapshot = this.now();
    if (snapshot.paused) return;
    const exporting = snapshot.exporting && !snapshot.exporting.finished;
    if (snapshot.finding) this.#analyse(snapshot);
    else if (snapshot.transcribing) this.#transcribe(snapshot);
    else if (exporting) this.#export(snapshot);
    else this.stop();
  }

  startExport(request: ExportRequest, clips: PlannedClip[]): Snapshot {
    this.#fraction = 0;
    return { ...this.now(), exporting: startedClips(request, clips, 0) };
  }

  cancelFind(): Snapshot {
    const snapshot = this.now();
    const materials = snapshot.materials.map((material): Material => {
      const busy = material.analysis.state === 'running' || material.analysis.state === 'waiting';
      return busy ? { ...material, analysis: { state: 'cancelled' } } : material;
    });
    return this.publish({ ...snapshot, materials, finding: false });
  }

  cancelExport(): Snapshot {
    const snapshot = this.now();
    return snapshot.exporting ? this.publish({ ...snapshot, exporting: cancelled(snapshot.exporting) }) : snapshot;
  }

  #analyse(snapshot: Snapshot): void {
    const running = snapshot.materials.find((material) => material.analysis.state === 'running');
    if (running) {
      this.#fraction += 0.03;
      this.#preview = Math.min(1, this.#preview + 0.02);
      const remaining = Math.round((1 - this.#fraction) * 140) * SECOND;
      const subject = { kind: 'material' as const, material: running.id };
      const items: ProgressItem[] = [{ subject, stage: 'analysing', fraction: Math.min(1, this.#fraction), remaining }];
      if (running.playback.state === 'preparing')
        items.push({
          subject: { kind: 'preview', material: running.id },
          stage: 'preparing',
          fraction: this.#preview,
          remaining: Math.round((1 - this.#preview) * 60) * SECOND,
        });
      this.tell({ type: 'progress', sequence: ++this.#sequence, items });
      if (this.#fraction >= 1) this.publish(this.#finished(snapshot, running));
      return;
    }
    const waiting = snapshot.materials.find((material) => material.analysis.state === 'waiting');
    this.#fraction = 0;
    const start = (material: Material): Material => ({
      ...material,
      analysis: { state: 'running', stage: 'analysing' },
    });
    this.publish(waiting ? changed(snapshot, waiting.id, start) : { ...snapshot, finding: false });
  }

  #transcribe(snapshot: Snapshot): void {
    const { next, item } = transcribed(snapshot, (this.#fraction += 0.05));
    if (item) this.tell({ type: 'progress', sequence: ++this.#sequence, items: [item] });
    if (next === snapshot) return;
    this.#fraction = 0;
    this.publish(next);
  }

  #finished(snapshot: Snapshot, running: Material): Snapshot {
    const heard = running.voice === 'heard' || running.subtitles !== 'none' || running.allowSpeechless;
    return changed(snapshot, running.id, (material) =>
      heard
        ? {
            ...material,
            analysis: { state: 'done' },
            ranges: inventRanges(material, snapshot.strategy, material.id * 100),
          }
        : {
            ...material,
            voice: 'notHeard',
            analysis: { state: 'failed', error: { ...speechless, path: material.path } },
          },
    );
  }

  #export(snapshot: Snapshot): void {
    const view = snapshot.exporting;
    if (!view) return;
    const index = view.clips.findIndex(({ state }) => state.state === 'running' || state.state === 'uploading');
    const stage = view.clips[index]?.state.state === 'uploading' ? 'uploading' : 'exporting';
    this.#fraction += 0.06;
    const subject = { kind: 'clip' as const, index };
    const remaining = Math.round((1 - this.#fraction) * 8) * SECOND;
    this.tell({
      type: 'progress',
      sequence: ++this.#sequence,
      items: [{ subject, stage, fraction: Math.min(1, this.#fraction), remaining }],
    });
    if (this.#fraction < 1) return;
    this.#fraction = 0;
    this.publish({ ...snapshot, exporting: advanced(view, index) });
  }
}
