import { SECOND } from '../../time/timecode';
import type { Material, ProgressItem, Snapshot, SpeechChoices } from '../bindings';
import { changed } from './edits';

/** Models and languages as an editor may have them. */
export function speechChoices(none: boolean): SpeechChoices {
  const models = [
    {
      id: 'whisper-small',
      name: 'Whisper small',
      purpose:
        'Writes down what is said, so that words count where there are no subtitles. A good middle for most videos.',
      speed: 'average speed',
    },
    {
      id: 'whisper-tiny',
      name: 'Whisper tiny',
      purpose: 'Writes down what is said, as quickly as possible and with the most mistakes.',
      speed: 'quickest',
    },
  ];
  return { models: none ? [] : models, languages: ['en', 'zh', 'es', 'ja', 'de', 'fr'] };
}

export function beginTranscribing(snapshot: Snapshot, language: string | null): Snapshot {
  const materials = snapshot.materials.map((material): Material =>
    material.subtitles === 'none'
      ? { ...material, transcription: { state: 'waiting' }, transcriptLanguage: language }
      : material,
  );
  return { ...snapshot, materials, transcribing: true };
}

export function cancelTranscribing(snapshot: Snapshot): Snapshot {
  const materials = snapshot.materials.map((material): Material => {
    const busy = material.transcription.state === 'running' || material.transcription.state === 'waiting';
    return busy ? { ...material, transcription: { state: 'cancelled' }, transcriptLanguage: null } : material;
  });
  return { ...snapshot, materials, transcribing: false };
}

/** One step further: how far the present material is, or the next snapshot when it is done. */
export function transcribed(snapshot: Snapshot, fraction: number): { next: Snapshot; item: ProgressItem | null } {
  const running = snapshot.materials.find(({ transcription }) => transcription.state === 'running');
  if (!running) {
    const waiting = snapshot.materials.find(({ transcription }) => transcription.state === 'waiting');
    if (!waiting) return { next: { ...snapshot, transcribing: false }, item: null };
    const start = (material: Material): Material => ({
      ...material,
      transcription: { state: 'running', stage: 'transcribing' },
    });
    return { next: changed(snapshot, waiting.id, start), item: null };
  }
  const subject = { kind: 'transcript' as const, material: running.id };
  const remaining = Math.round((1 - fraction) * 90) * SECOND;
  const item: ProgressItem = { subject, stage: 'transcribing', fraction: Math.min(1, fraction), remaining };
  const finish = (material: Material): Material =>
    material.voice === 'notHeard'
      ? {
          ...material,
          transcription: {
            state: 'failed',
            error: {
              code: 'speechless',
              message: 'No voice was heard in it, so there is nothing to write down.',
              path: material.path,
            },
          },
          transcriptLanguage: null,
        }
      : { ...material, transcription: { state: 'done' }, transcriptLanguage: material.transcriptLanguage ?? 'en' };
  return { next: fraction < 1 ? snapshot : changed(snapshot, running.id, finish), item };
}
