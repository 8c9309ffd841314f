import type {
  ExportDefaults,
  ExportOptions,
  ExportPlan,
  ExportRequest,
  PlannedClip,
  Snapshot,
  VideoCodec,
  VideoView,
} from '../bindings';
import { SECOND } from '../../time/timecode';

export const exportDefaults: ExportDefaults = {
  target: { kind: 'folder', folder: '/videos/clips' },
  options: { width: null, height: null, codec: 'h264', rate: { kind: 'crf', value: 23 }, register: false },
  presets: [
    { id: 'standard', options: { width: null, height: null, codec: 'h264', rate: { kind: 'crf', value: 23 } } },
    { id: 'master', options: { width: null, height: null, codec: 'h264', rate: { kind: 'crf', value: 16 } } },
    { id: 'small', options: { width: null, height: 720, codec: 'h265', rate: { kind: 'crf', value: 30 } } },
    { id: 'web720', options: { width: null, height: 720, codec: 'h264', rate: { kind: 'crf', value: 23 } } },
    { id: 'open', options: { width: null, height: null, codec: 'vp9', rate: { kind: 'crf', value: 31 } } },
    { id: 'unchanged', options: { width: null, height: null, codec: 'copy', rate: { kind: 'crf', value: 23 } } },
  ],
  unavailableCodecs: ['av1'],
};

/** Names for the clips; the second always exists already, and a template without `{index}` is a fault. */
export function planned(snapshot: Snapshot, request: ExportRequest, freeBytes: number): ExportPlan {
  const clips = request.ranges.map((key, index) => plannedClip(snapshot, request, key, index));
  return {
    clips,
    faults: faults(request),
    freeBytes,
    estimatedBytes: clips.reduce((sum, clip) => sum + clip.estimatedBytes, 0),
  };
}

function plannedClip(
  snapshot: Snapshot,
  { target, template, options }: ExportRequest,
  key: ExportRequest['ranges'][number],
  index: number,
): PlannedClip {
  const material = snapshot.materials.find((candidate) => candidate.id === key.material);
  const range = material?.ranges.find((candidate) => candidate.id === key.range);
  const name = material?.name.replace(/\.\w+$/, '') ?? '';
  const seconds = (range?.start ?? 0) / SECOND;
  const start = [seconds / 3600, (seconds / 60) % 60, seconds % 60]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join('-');
  const file = template
    .replaceAll('{index}', String(index))
    .replaceAll('{media}', name)
    .replaceAll('{start}', start)
    .replaceAll('{tag}', range?.tags[0]?.name ?? 'clip')
    .replaceAll('{title}', range?.title || 'untitled');
  const length = ((range?.end ?? 0) - (range?.start ?? 0)) / SECOND;
  return {
    ...key,
    path: target.kind === 'folder' ? `${target.folder}/${file}` : file,
    exists: index === 1,
    estimatedBytes: Math.round((length * 1000 * kilobits(options, material?.video ?? null)) / 8),
  };
}

const EASE: Record<VideoCodec, number> = { h264: 1, h265: 0.6, vp9: 0.6, av1: 0.5, copy: 2.4 };

function kilobits({ height, codec, rate }: ExportOptions, video: VideoView | null): number {
  if (!video) return 192;
  if (rate.kind === 'bitrate' && codec !== 'copy') return rate.kilobits + 192;
  const lines = height ?? video.height;
  const quality = rate.kind === 'crf' ? 2 ** ((23 - rate.value) / 6) : 1;
  return 5_000 * (lines / 1080) ** 1.6 * EASE[codec] * (codec === 'copy' ? 1 : quality) + 192;
}

function faults({ target, template, options }: ExportRequest): ExportPlan['faults'] {
  const found: ExportPlan['faults'] = [];
  if (target.kind === 'folder' && !target.folder.startsWith('/'))
    found.push({
      code: 'folderNotWritable',
      message: 'The folder must be a whole path from the beginning, as in /videos/clips.',
      path: target.folder,
    });
  if (!template.includes('{index}'))
    found.push({
      code: 'templateInvalid',
      message: 'The name must contain {index}, the running number of the clip; add it, as in clip-{index}.mp4',
      path: null,
    });
  if (options.codec === 'h264' && template.endsWith('.webm'))
    found.push({
      code: 'containerUnsuitable',
      message: 'A WebM file holds VP9 or AV1. End the name in .mp4, or choose one of these codecs.',
      path: null,
    });
  return found;
}
