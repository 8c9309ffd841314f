const KEY = 'standout.volume';
const STEP = 0.1;

/** How loud the player is; remembered on this machine. */
export class Loudness {
  /** 0 to 1. */
  volume = $state(kept());
  muted = $state(false);

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
