import { SECOND } from '../../time/timecode';
import type { Event, ModelView, TransferProgress, WireError } from '../bindings';

const base = {
  languages: null,
  speed: null,
  keptBytes: 0,
  place: { state: 'missing' },
  transfer: { state: 'none' },
} as const;

const yamnet: ModelView = {
  ...base,
  id: 'yamnet',
  kind: 'soundEvents',
  name: 'YAMNet',
  purpose: 'Hears laughter, applause, cheering, screams, sirens and other sounds, and finds the moments they make.',
  file: 'yamnet.tflite',
  licence: 'Apache-2.0',
  source: 'https://models.example.org/yamnet',
  sizeBytes: 4_126_810,
};

const yunet: ModelView = {
  ...base,
  id: 'yunet',
  kind: 'faces',
  name: 'YuNet',
  purpose: 'Sees faces and how close they are, so that reactions and close-ups count.',
  file: 'yunet_n_dynamic.onnx',
  licence: 'Apache-2.0',
  source: 'https://models.example.org/yunet',
  sizeBytes: 322_906,
};

const silero: ModelView = {
  ...base,
  id: 'silero-vad',
  kind: 'voice',
  name: 'Silero voice detector',
  purpose: 'Tells speech from music and noise more surely than the built-in detector.',
  file: 'ggml-silero-v6.2.0.bin',
  licence: 'MIT',
  source: 'https://models.example.org/silero',
  sizeBytes: 885_098,
};

const clip: ModelView = {
  ...base,
  id: 'clip-vit-b32',
  kind: 'pictureText',
  name: 'CLIP ViT-B/32',
  purpose:
    'Sees what only pictures show, such as a kiss or a goal, and looks for tags of your own in them, in English.',
  file: 'vision_model_quantized.onnx',
  licence: 'MIT',
  source: 'https://models.example.org/clip',
  sizeBytes: 155_845_627,
};

/** What the dialog for folders answers. */
const encoder: ModelView = {
  ...base,
  id: 'encoder-5c1d0e6a9b27',
  kind: 'pictureText',
  name: 'my-clip',
  purpose: 'Sees what only pictures show. You imported it; it was tried, and nothing else is known of it.',
  file: 'vision_model.onnx',
  licence: null,
  source: null,
  sizeBytes: 352_000_000,
};

const whisper = (size: string, sizeBytes: number, speed: string, purpose: string): ModelView => ({
  ...base,
  id: `whisper-${size}`,
  kind: 'speech',
  name: `Whisper ${size}`,
  purpose: `Writes down what is said, ${purpose}`,
  languages: '99 languages',
  speed,
  file: `ggml-${size}.bin`,
  licence: 'MIT',
  source: 'https://models.example.org/whisper',
  sizeBytes,
});

const small = whisper('small', 190_085_487, 'average speed', 'a good middle for most videos.');
const tiny = whisper('tiny', 32_152_673, 'quickest', 'as quickly as possible and with the most mistakes.');
const medium = whisper('medium', 539_212_467, 'slow', 'with fewer mistakes in languages that are less widespread.');
const all: ModelView[] = [yamnet, yunet, silero, clip, small, tiny, medium];

const offline: WireError = {
  code: 'downloadFailed',
  message:
    'YAMNet cannot be downloaded: the server models.example.org cannot be reached (its name is not known). Check the network and try again, or get yamnet.tflite from https://models.example.org/yamnet and import it.',
  path: null,
};

const noModel: WireError = {
  code: 'modelUnknown',
  message: 'It is none of the models that Standout knows, whatever its name: yamnet.tflite, yunet_n_dynamic.onnx.',
  path: '/downloads/holiday.zip',
};

/** One of every state, for looking at them side by side. */
function inEveryState(): ModelView[] {
  const progress: TransferProgress = {
    arrivedBytes: 81_700_000,
    sizeBytes: 190_085_487,
    tryingAgain: null,
    remaining: 12 * SECOND,
  };
  return [
    { ...yamnet, transfer: { state: 'failed', error: offline } },
    { ...yunet, place: { state: 'listed', path: '/models/yunet/yunet_n_dynamic.onnx' } },
    { ...silero, place: { state: 'damaged', path: '/standout/models/ggml-silero-v6.2.0.bin' } },
    { ...small, transfer: { state: 'running', progress } },
    { ...tiny, place: { state: 'installed', path: '/standout/models/ggml-tiny-q5_1.bin' } },
    { ...medium, keptBytes: 231_800_000 },
  ];
}

/** Models in memory. A download takes ten steps; what the file dialog answers follows from what is there. */
export class FakeModels {
  #views: ModelView[];
  #timers = new Map<string, ReturnType<typeof setInterval>>();
  /** The pages that were opened, for tests. */
  readonly pages: string[] = [];

  constructor(
    scene: 'modelStates' | 'noNetwork' | 'installed' | 'none',
    private readonly tell: (event: Event) => void,
  ) {
    this.offline = scene === 'noNetwork';
    const installed = (model: ModelView) => this.#installed(model);
    this.#views = scene === 'modelStates' ? inEveryState() : scene === 'installed' ? all.map(installed) : all;
  }

  private readonly offline: boolean;

  list = () => this.#views;

  download(id: string): null {
    const sizeBytes = this.#one(id).sizeBytes;
    const progress = { arrivedBytes: this.#one(id).keptBytes, sizeBytes, tryingAgain: null, remaining: null };
    this.#change(id, { transfer: { state: 'running', progress } });
    this.#timers.set(
      id,
      setInterval(() => this.advance(id), 250),
    );
    return null;
  }

  cancel(id: string): null {
    this.#stop(id);
    const { transfer } = this.#one(id);
    const keptBytes = transfer.state === 'running' ? transfer.progress.arrivedBytes : 0;
    this.#change(id, { keptBytes, transfer: { state: 'none' } });
    return null;
  }

  openPage(id: string): null {
    this.pages.push(id);
    return null;
  }

  /** Takes the first one that is not there; refuses when all are. */
  importFile(): boolean {
    const missing = this.#views.find(({ place }) => place.state === 'missing' || place.state === 'damaged');
    if (!missing) throw noModel;
    this.#change(missing.id, this.#installed(missing));
    return true;
  }

  /** An encoder of the editor's own, which stands first. */
  importFolder(): boolean {
    this.#views = [this.#installed(encoder), ...this.#views.filter((view) => view.id !== encoder.id)];
    this.tell({ type: 'models' });
    return true;
  }

  remove(id: string): null {
    const { source } = this.#one(id);
    if (source === null) this.#views = this.#views.filter((view) => view.id !== id);
    this.#views = this.#views.map((view) =>
      view.id === id ? { ...view, place: { state: 'missing' }, keptBytes: 0 } : view,
    );
    this.tell({ type: 'models' });
    return null;
  }

  /** One step of a download at once, for tests that do not wait for clocks. */
  advance(id: string): void {
    const model = this.#one(id);
    if (model.transfer.state !== 'running') return;
    if (this.offline) {
      this.#stop(id);
      return this.#change(id, { transfer: { state: 'failed', error: offline } });
    }
    const { sizeBytes } = model;
    const arrivedBytes = Math.min(sizeBytes, model.transfer.progress.arrivedBytes + Math.ceil(sizeBytes / 10));
    if (arrivedBytes === sizeBytes) {
      this.#stop(id);
      return this.#change(id, this.#installed(model));
    }
    const remaining = Math.round((1 - arrivedBytes / sizeBytes) * 10) * SECOND;
    const progress = { arrivedBytes, sizeBytes, tryingAgain: null, remaining };
    this.#views = this.#views.map((view) =>
      view.id === id ? { ...view, transfer: { state: 'running', progress } } : view,
    );
    this.tell({ type: 'modelProgress', items: [{ model: id, progress }] });
  }

  dispose(): void {
    for (const id of [...this.#timers.keys()]) this.#stop(id);
  }

  #installed(model: ModelView): ModelView {
    const path = `/standout/models/${model.file}`;
    return { ...model, keptBytes: 0, place: { state: 'installed', path }, transfer: { state: 'none' } };
  }

  #one(id: string): ModelView {
    const found = this.#views.find((view) => view.id === id);
    if (!found) throw noModel;
    return found;
  }

  #change(id: string, change: Partial<ModelView>): void {
    this.#views = this.#views.map((view) => (view.id === id ? { ...view, ...change } : view));
    this.tell({ type: 'models' });
  }

  #stop(id: string): void {
    clearInterval(this.#timers.get(id));
    this.#timers.delete(id);
  }
}
