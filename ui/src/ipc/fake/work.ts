import { SECOND } from '../../time/timecode';
import type { Event, ExportClip, Material, PlannedClip, ProgressItem, Snapshot } from '../bindings';
import { changed } from './edits';
import { inventRanges } from './measure';
import { speechless } from './scenes';

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
    const exporting = snapshot.exporting && !snapshot.exporting.finished;
    if (snapshot.finding) this.#analyse(snapshot);
    else if (exporting) this.#export(snapshot);
    else this.stop();
  }

  startExport(clips: PlannedClip[], written: number): Snapshot {
    const snapshot = this.now();
    this.#fraction = written > 0 ? 0.42 : 0;
    return {
      ...snapshot,
      exporting: {
        finished: false,
        clips: clips.map((clip, index) => ({
          material: clip.material,
          range: clip.range,
          path: clip.path,
          state: { state: index < written ? 'written' : index === written ? 'running' : 'waiting' },
        })),
      },
    };
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
    if (!snapshot.exporting) return snapshot;
    const clips = snapshot.exporting.clips.map((clip): ExportClip =>
      clip.state.state === 'written' ? clip : { ...clip, state: { state: 'cancelled' } },
    );
    return this.publish({ ...snapshot, exporting: { finished: true, clips } });
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
          remaining: null,
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
    const clips = snapshot.exporting?.clips ?? [];
    const index = clips.findIndex((clip) => clip.state.state === 'running');
    this.#fraction += 0.06;
    const subject = { kind: 'clip' as const, index };
    const remaining = Math.round((1 - this.#fraction) * 8) * SECOND;
    this.tell({
      type: 'progress',
      sequence: ++this.#sequence,
      items: [{ subject, stage: 'exporting', fraction: Math.min(1, this.#fraction), remaining }],
    });
    if (this.#fraction < 1) return;
    this.#fraction = 0;
    const next = clips.map((clip, place): ExportClip => {
      if (place === index) return { ...clip, state: { state: 'written' } };
      return place === index + 1 ? { ...clip, state: { state: 'running' } } : clip;
    });
    this.publish({ ...snapshot, exporting: { finished: index + 1 >= clips.length, clips: next } });
  }
}
