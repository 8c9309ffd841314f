const KEY = 'standout.volume';
const STEP = 0.1;

/** How loud the player is; remembered on this machine. */
export class Loudness {
  /** 0 to 1. */
  volume = $state(kept());
  muted = $state(false);

  /** An attachment: the element is as loud as was chosen. */
  attach = (element: HTMLMediaElement): void => {
    element.volume = this.volume;
    element.muted = this.muted;
  };

  set(volume: number): void {
    this.volume = Math.round(Math.min(1, Math.max(0, volume)) * 100) / 100;
    this.muted = false;
    localStorage.setItem(KEY, String(this.volume));
  }

  step(way: -1 | 1): void {
    this.set(this.volume + way * STEP);
  }

  toggle(): void {
    this.muted = !this.muted;
  }
}

function kept(): number {
  const saved = Number.parseFloat(localStorage.getItem(KEY) ?? '1');
  return saved >= 0 && saved <= 1 ? saved : 1;
}
