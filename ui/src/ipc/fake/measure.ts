import { SECOND } from '../../time/timecode';
import type { EvidenceView, Material, Micros, Range, Reason, Signal, Strategy } from '../bindings';
import { random } from './random';

/** A smooth curve from 0 to 1 with a few clear peaks, the same for the same material. */
function liveliness(seed: number): (time: Micros) => number {
  const next = random(seed);
  const waves = Array.from({ length: 6 }, (_, index) => ({
    period: (4 + next() * 9) * 2 ** index * SECOND,
    phase: next() * Math.PI * 2,
    weight: 0.5 + next(),
  }));
  const total = waves.reduce((sum, wave) => sum + wave.weight, 0);
  return (time) => {
    const sum = waves.reduce(
      (s, wave) => s + wave.weight * Math.sin((time / wave.period) * Math.PI * 2 + wave.phase),
      0,
    );
    return Math.min(1, Math.max(0, 0.42 + (sum / total) * 0.95)) ** 1.4;
  };
}

/** What is said, over and over. */
const SAID = [
  'The harbour was empty when we came in.',
  'My father mended nets here, every winter.',
  'Nobody believed me, so I went back with a camera.',
  'You could hear it from the other side of the bay!',
];

/** How the interest of a moment is divided among signals. */
const SHARES = [0.6, 0.3, 0.1];

export function inventEvidence(material: Material): EvidenceView {
  const next = random(material.id * 77);
  const lively = liveliness(material.id);
  const hop = SECOND / 10;
  const values = Array.from({ length: Math.floor(material.duration / hop) }, (_, index) => lively(index * hop));
  const cuts: Micros[] = [];
  for (let time = 0; time < material.duration; time += (1.5 + next() * 9) * SECOND) cuts.push(Math.round(time));
  const told = material.subtitles !== 'none' || material.transcriptLanguage !== null;
  const speech: EvidenceView['speech'] = [];
  const silences: EvidenceView['silences'] = [];
  for (let time = SECOND; time < material.duration - 8 * SECOND;) {
    const length = (1.5 + next() * 6) * SECOND;
    const text = told ? (SAID[speech.length % SAID.length] ?? null) : null;
    if (material.voice === 'heard') speech.push({ start: time, end: time + length, text });
    const pause = (0.4 + next() * 3) * SECOND;
    if (pause > 2 * SECOND) silences.push({ start: time + length, end: time + length + pause });
    time += length + pause;
  }
  const parts = (['fullness', 'motion', 'words'] as const).map((signal, place) => ({
    signal,
    percents: values.map((value, index) => Math.round(value * 100 * (SHARES[(place + (index >> 7)) % 3] ?? 0))),
  }));
  return { cuts: cuts.slice(1), speech, words: [], silences, interest: { hop, values, parts } };
}

export function inventPeaks(material: Material): ArrayBuffer {
  const next = random(material.id * 31);
  const lively = liveliness(material.id);
  const length = Math.floor(material.duration / (SECOND / 100));
  const pairs = new Int8Array(length * 2);
  let level = 0.3;
  for (let index = 0; index < length; index++) {
    const syllable = 0.55 + 0.45 * Math.sin(index / 7) * Math.sin(index / 31);
    level += ((0.16 + 0.7 * lively(index * 10_000)) * syllable * (0.4 + 0.6 * next()) - level) * 0.5;
    pairs[2 * index] = -Math.round(level * 118);
    pairs[2 * index + 1] = Math.round(level * (100 + 18 * next()));
  }
  return pairs.buffer;
}

/** What an editor has not judged or described yet. */
export const untouched = { judgement: 'undecided', title: '', note: '', snapping: null, likeness: null } as const;

const SIGNALS: Signal[] = ['loudness', 'voice', 'onset', 'motion', 'cutRate'];

/** The liveliest stretches that do not overlap, at most as many as asked for. */
export function inventRanges(material: Material, strategy: Strategy, firstId: number): Range[] {
  const lively = liveliness(material.id);
  const length = Math.min(strategy.clipDuration, material.duration);
  const starts: { start: Micros; score: number }[] = [];
  for (let start = 0; start + length <= material.duration; start += SECOND / 2) {
    let sum = 0;
    for (let part = 0; part < 8; part++) sum += lively(start + (length * (part + 0.5)) / 8);
    starts.push({ start, score: sum / 8 });
  }
  const chosen: typeof starts = [];
  for (const candidate of starts.sort((a, b) => b.score - a.score)) {
    if (chosen.length === strategy.count) break;
    if (chosen.every((other) => Math.abs(other.start - candidate.start) >= length * 1.4)) chosen.push(candidate);
  }
  const best = chosen[0]?.score ?? 1;
  const next = random(material.id * 7);
  return chosen
    .sort((a, b) => a.start - b.start)
    .map(({ start, score }, index) => ({
      id: firstId + index,
      start: start + Math.round(next() * 300_000),
      end: Math.min(material.duration, start + length + Math.round(next() * 300_000)),
      score: Math.min(1, (score / best) * 0.94),
      tags: strategy.enableActionRecognition
        ? [
            {
              name: strategy.customActions[index % 3] ?? ['Cheering', 'Laughter', 'Applause'][index % 3] ?? 'Applause',
              start: start + length / 2,
              end: start + length * 0.7,
              confidence: 0.6 + next() * 0.3,
            },
          ]
        : [],
      reasons: reasons(next, start, length),
      origin: 'found',
      ...untouched,
    }));
}

function reasons(next: () => number, start: Micros, length: Micros): Reason[] {
  return [...SIGNALS]
    .sort(() => next() - 0.5)
    .slice(0, 2 + Math.round(next()))
    .map((signal) => ({
      signal,
      event: null,
      strength: 0.82 + next() * 0.179,
      at: Math.round(start + next() * length),
    }))
    .sort((a, b) => b.strength - a.strength);
}

/** A picture for a thumbnail, the same for the same seed; empty where there is no canvas. */
export async function inventThumbnail(seed: number): Promise<ArrayBuffer> {
  if (typeof OffscreenCanvas === 'undefined') return new ArrayBuffer(0);
  const canvas = new OffscreenCanvas(192, 108);
  const context = canvas.getContext('2d');
  if (!context) return new ArrayBuffer(0);
  const hue = (seed * 67 + 150) % 360;
  const sky = context.createLinearGradient(0, 0, 0, 108);
  sky.addColorStop(0, `hsl(${hue} 32% 30%)`);
  sky.addColorStop(1, `hsl(${(hue + 40) % 360} 42% 56%)`);
  context.fillStyle = sky;
  context.fillRect(0, 0, 192, 108);
  const next = random(seed);
  for (let layer = 0; layer < 3; layer++) {
    context.fillStyle = `hsl(${hue} 28% ${24 - layer * 7}%)`;
    context.beginPath();
    context.moveTo(0, 108);
    for (let x = 0; x <= 192; x += 24) context.lineTo(x, 58 + layer * 15 + next() * 18);
    context.lineTo(192, 108);
    context.fill();
  }
  return (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer();
}
