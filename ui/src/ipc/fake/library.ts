import { SECOND } from '../../time/timecode';
import type { AddedMedia, MediaAsset, WireError } from '../bindings';
import { random } from './random';

type Told = Pick<MediaAsset, 'name' | 'address'> & Partial<MediaAsset>;

const hd = { codec: 'h264', width: 1920, height: 1080, frameRate: { numerator: 25, denominator: 1 } };
const uhd = { codec: 'hevc', width: 3840, height: 2160, frameRate: { numerator: 50, denominator: 1 } };

/** 32 hexadecimal digits, the same for the same number. */
function inventId(seed: number): string {
  const next = random(seed);
  return Array.from({ length: 32 }, () => Math.floor(next() * 16).toString(16)).join('');
}

function asset(index: number, told: Told): MediaAsset {
  return {
    id: inventId(index + 1),
    remote: false,
    missing: false,
    duration: (95 + index * 211) * SECOND,
    sizeBytes: 61_000_000 * (index + 1),
    video: index % 3 === 1 ? uhd : hd,
    hasSound: true,
    added: Date.UTC(2026, 4, 20 - index),
    usedIn: [],
    inProject: false,
    ...told,
  };
}

const told: Told[] = [
  {
    name: 'Harbour interview.mp4',
    address: '/footage/Harbour interview.mp4',
    usedIn: ['Coast series'],
    inProject: true,
  },
  {
    name: 'County final, second half, camera B.mov',
    address: '/footage/County final, second half, camera B.mov',
    usedIn: ['Coast series', 'Season review'],
  },
  {
    name: 'lighthouse-keeper.mp4',
    address: 'https://media.example.org/footage/2026/coast/lighthouse-keeper.mp4',
    remote: true,
  },
  {
    name: 'Regatta, morning.mp4',
    address: '/Volumes/Rushes/2025/Regatta, morning.mp4',
    missing: true,
    usedIn: ['Regatta'],
  },
  { name: 'regatta.mov', address: 's3://coast-archive/rushes/regatta.mov', remote: true, hasSound: false },
  {
    name: 'Ferry crossing.mkv',
    address: '/videos/projects/islands/2026-03/day 2/camera A/Ferry crossing.mkv',
  },
  { name: 'Night market b-roll.mkv', address: '/footage/Night market b-roll.mkv', usedIn: ['Season review'] },
  { name: 'Podcast 41.wav', address: '/footage/sound/Podcast 41.wav', video: null },
  { name: 'Harbour interview-0.mp4', address: '/videos/clips/Harbour interview-0.mp4' },
];

const unknown: WireError = { code: 'assetUnknown', message: 'The media library holds no such id.', path: null };

/** A media library in memory. */
export class FakeLibrary {
  #assets: MediaAsset[];
  #added = 100;

  constructor(
    empty: boolean,
    private readonly failing: boolean,
  ) {
    this.#assets = empty ? [] : told.map((entry, index) => asset(index, entry));
  }

  find(search: string): MediaAsset[] {
    if (this.failing) {
      const message = 'The library file is locked by another program.';
      throw { code: 'libraryFailed', message, path: '/data/standout/library.sqlite' } as WireError;
    }
    const wanted = search.toLowerCase().split(/\s+/);
    return this.#assets.filter(({ name, address }) =>
      wanted.every((word) => `${name} ${address}`.toLowerCase().includes(word)),
    );
  }

  one(id: string): MediaAsset {
    const found = this.#assets.find((candidate) => candidate.id === id);
    if (!found) throw unknown;
    return found;
  }

  addFile(): AddedMedia {
    this.#add({ name: 'Cliff path.mp4', address: '/footage/Cliff path.mp4' });
    return { assets: this.#assets, refused: [] };
  }

  addText(text: string): AddedMedia {
    const refused: AddedMedia['refused'] = [];
    for (const line of text.split('\n').map((part) => part.trim())) {
      if (/^(https?|s3|oss):\/\/\S+$/.test(line))
        this.#add({ name: line.split('/').at(-1) ?? line, address: line, remote: true });
      else if (line !== '')
        refused.push({ path: line, error: { code: 'fileNotFound', message: 'There is no such file.', path: line } });
    }
    return { assets: this.#assets, refused };
  }

  remove(id: string): MediaAsset[] {
    this.#assets = this.#assets.filter((candidate) => candidate.id !== id);
    return this.#assets;
  }

  change(id: string, changes: Partial<MediaAsset>): MediaAsset {
    const changed = { ...this.one(id), ...changes };
    this.#assets = this.#assets.map((candidate) => (candidate.id === id ? changed : candidate));
    return changed;
  }

  #add(entry: Told): void {
    this.#assets = [asset(this.#added++, { duration: 75 * SECOND, sizeBytes: 48_000_000, ...entry }), ...this.#assets];
  }
}
